import type { MutationResolvers } from '../../schema/types.generated.ts';
import { withUserErrors } from '../user-errors.ts';

export const createAccessToken: MutationResolvers['createAccessToken'] = (
  _,
  { input },
  { viewer, services: { accessTokens } },
) => withUserErrors(async () => accessTokens.mint(viewer, input));
