import { AppError } from '../errors.ts';

/** What a credential allows; the same names as the GraphQL enum `Scope`. */
export const SCOPES = ['CLASSIFY', 'TAXONOMY_READ', 'TAXONOMY_WRITE', 'ADMIN'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who is asking: the operator of the installation, or a key of one tenant, itself or by a token minted from it. */
export type Viewer = { kind: 'operator' } | KeyViewer;

export interface KeyViewer {
  kind: 'key';
  tenantId: string;
  apiKeyId: string;
  /** Of the key; of a token its own, which are some of those. */
  scopes: readonly Scope[];
  /** Whether the tenant executes registered documents only. */
  trustedDocumentsOnly: boolean;
  /** When the credential ends by itself: the key, or the token where that is sooner; null: never. */
  expiresAt: Date | null;
  /** The access token that was used in place of the key. */
  token?: { expiresAt: Date; origins: readonly string[] };
}

/** Whether the viewer is a key that has the scope; ADMIN has all. */
export function allows(viewer: Viewer, scope: Scope): boolean {
  return viewer.kind === 'key' && (viewer.scopes.includes(scope) || viewer.scopes.includes('ADMIN'));
}

/** Scopes of which one is needed to send files: those of the operations that take any. */
const UPLOAD_SCOPES: readonly Scope[] = ['CLASSIFY', 'TAXONOMY_WRITE'];

/** The tenant for which the viewer may send files. Throws FORBIDDEN, before a byte of them is read. */
export function requireMayUpload(viewer: Viewer): string {
  const scope = UPLOAD_SCOPES.find((scope) => allows(viewer, scope)) ?? UPLOAD_SCOPES[0]!;
  return requireScope(viewer, scope);
}

/** The viewer's tenant, if the credential has the scope (ADMIN has all). Throws FORBIDDEN otherwise. */
export function requireScope(viewer: Viewer, scope: Scope): string {
  if (viewer.kind === 'operator') {
    throw new AppError('FORBIDDEN', {
      message: `This needs an API key of a tenant with scope ${scope}; the operator key creates tenants, it does not act inside them.`,
    });
  }
  if (!allows(viewer, scope)) {
    throw new AppError('FORBIDDEN', {
      message: `This needs the scope ${scope}; the ${viewer.token ? 'access token' : 'API key'} has ${viewer.scopes.join(', ')}.`,
    });
  }
  return viewer.tenantId;
}

/** Whose quotas pay for the work of a viewer that has the scope. Throws FORBIDDEN otherwise. */
export function requirePayer(viewer: Viewer, scope: Scope): { tenantId: string; apiKeyId: string } {
  const tenantId = requireScope(viewer, scope);
  return { tenantId, apiKeyId: (viewer as KeyViewer).apiKeyId };
}

/**
 * Throws FORBIDDEN where the viewer may neither read taxonomies nor write them. For the fields that lead from what a
 * classification shows (names, paths, the version's number) to what a taxonomy holds, its draft above all.
 */
export function requireTaxonomyContent(viewer: Viewer): void {
  if (!allows(viewer, 'TAXONOMY_WRITE')) requireScope(viewer, 'TAXONOMY_READ');
}

/** Throws FORBIDDEN where the viewer is not the operator. */
export function requireOperator(viewer: Viewer): void {
  if (viewer.kind !== 'operator') {
    throw new AppError('FORBIDDEN', { message: 'This needs the operator key of the installation.' });
  }
}

/** The key in use. Throws FORBIDDEN for a token, whose credentials would outlive it, and for the operator. */
export function requireKey(viewer: Viewer): KeyViewer {
  if (viewer.kind === 'key' && !viewer.token) return viewer;
  throw new AppError('FORBIDDEN', {
    message: 'This needs an API key itself: a token makes no credentials, and an operator has no tenant.',
  });
}
