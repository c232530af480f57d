import type { Tx } from '../tenancy/tenant-db.ts';
import type { Window } from './window.ts';

/** Which labels are looked for: those of a draft or version that contain a text. */
export interface LabelSearch {
  versionId: string;
  text: string;
}

/** What was found: keys with positions, in no order. */
export interface LabelMatches extends LabelSearch {
  matches: [key: string, position: number][];
}

/** The labels whose key, or a name or synonym in any language, contains the text, in any case. One row a search. */
export async function findLabels(
  tx: Tx,
  tenantId: string,
  searches: readonly LabelSearch[],
): Promise<LabelMatches[]> {
  return tx.$queryRaw<LabelMatches[]>`
    select wanted.version_id as "versionId", wanted.text, json_agg(json_build_array(l.key, l.position)) as matches
    from unnest(
      ${searches.map(({ versionId }) => versionId)}::uuid[], ${searches.map(({ text }) => text)}::text[]
    ) as wanted (version_id, text)
    join label l on l.tenant_id = ${tenantId}::uuid and l.version_id = wanted.version_id
    where strpos(lower(l.key), lower(wanted.text)) > 0 or exists (
      select from jsonb_array_elements(l.names || l.synonyms) as said
      where strpos(lower(said ->> 'text'), lower(wanted.text)) > 0
    )
    group by wanted.version_id, wanted.text`;
}

/** The keys of a window over the matches in a frozen version, in reading direction; one more than `limit` where there is. */
export function windowOfMatches(
  matches: LabelMatches['matches'],
  { limit, cursor, backward }: Window<number>,
): string[] {
  const ordered = matches.toSorted(([, a], [, b]) => (backward ? b - a : a - b));
  const beyond = ordered.filter(
    ([, position]) => cursor === null || (backward ? position < cursor : position > cursor),
  );
  return beyond.slice(0, limit + 1).map(([key]) => key);
}
