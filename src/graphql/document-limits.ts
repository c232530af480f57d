import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { DOCUMENT_LIMITS } from '../limits.ts';
import { findBadText } from './variable-limits.ts';

interface Size {
  depth: number;
  fields: number;
  aliases: number;
  directives: number;
  rootFields: number;
}

const EMPTY: Size = { depth: 0, fields: 0, aliases: 0, directives: 0, rootFields: 0 };

/**
 * A validation rule: refuses, with COST_LIMIT, operations beyond DOCUMENT_LIMITS; and literals that no column
 * stores. Fragments count wherever they are spread, yet each is measured once.
 */
export function documentLimits(context: ValidationContext): ASTVisitor {
  const measure = createMeasure((name) => context.getFragment(name));
  return {
    OperationDefinition(node) {
      const size = add(measure(node.selectionSet), { directives: node.directives?.length ?? 0 });
      for (const name of Object.keys(size) as (keyof Size)[]) {
        if (size[name] > DOCUMENT_LIMITS[name]) context.reportError(tooMuch(name, size[name]));
      }
    },
    StringValue({ value }) {
      const problem = findBadText(value);
      if (problem) context.reportError(new GraphQLError(`A string of the document ${problem}.`));
    },
    // graphql reads 1e999 as Infinity, which no column and no JSON holds.
    FloatValue: ({ value }) => reportInfinite(context, value),
    IntValue: ({ value }) => reportInfinite(context, value),
  };
}

const PHRASES: Record<keyof Size, string> = {
  depth: 'levels of fields',
  fields: 'fields',
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'fields at its root',
};

/** Sizes of selection sets. A fragment that contains itself counts as nothing: another rule of the same pass reports it. */
function createMeasure(findFragment: (name: string) => FragmentDefinitionNode | null | undefined) {
  const fragments = new Map<string, Size>();

  function measureFragment(name: string): Size {
    const known = fragments.get(name);
    if (known) return known;
    fragments.set(name, EMPTY);
    const fragment = findFragment(name);
    const size = fragment ? measure(fragment.selectionSet) : EMPTY;
    fragments.set(name, size);
    return size;
  }

  function measure({ selections }: SelectionSetNode): Size {
    let total = EMPTY;
    for (const selection of selections) {
      total = add(total, { directives: selection.directives?.length ?? 0 });
      if (selection.kind === Kind.FRAGMENT_SPREAD) total = add(total, measureFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) total = add(total, measure(selection.selectionSet));
      else {
        const below = selection.selectionSet ? measure(selection.selectionSet) : EMPTY;
        // Introspection nests deeper than data, is bounded by graphql itself and costs no database.
        const isIntrospection = selection.name.value === '__schema' || selection.name.value === '__type';
        total = add(total, {
          ...below,
          depth: isIntrospection ? 1 : below.depth + 1,
          fields: below.fields + 1,
          aliases: below.aliases + (selection.alias ? 1 : 0),
          rootFields: 1,
        });
      }
    }
    return total;
  }
  return measure;
}

/** Siblings: counts add up, depth is that of the deepest. */
function add(size: Size, other: Partial<Size>): Size {
  return {
    depth: Math.max(size.depth, other.depth ?? 0),
    fields: size.fields + (other.fields ?? 0),
    aliases: size.aliases + (other.aliases ?? 0),
    directives: size.directives + (other.directives ?? 0),
    rootFields: size.rootFields + (other.rootFields ?? 0),
  };
}

function reportInfinite(context: ValidationContext, literal: string): void {
  if (Number.isFinite(Number(literal))) return;
  context.reportError(new GraphQLError('A number of the document is too large for a 64-bit float.'));
}

function tooMuch(name: keyof Size, value: number): GraphQLError {
  // Spreads multiply: ten fragments of ten spreads each make a number that nobody wants to read.
  const counted = value > 1_000_000 ? 'millions' : value;
  const message = `An operation may have at most ${DOCUMENT_LIMITS[name]} ${PHRASES[name]}; this one has ${counted}.`;
  // Apollo gives every error of validation the same `code`.
  return new GraphQLError(message, { extensions: { appCode: 'COST_LIMIT' } });
}
