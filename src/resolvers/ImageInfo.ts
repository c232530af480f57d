import { keptImageId } from '../classification/kept-images.ts';
import type { ImageInfoResolvers } from '../schema/types.generated.ts';
import { requireScope } from '../tenancy/viewer.ts';

export const ImageInfo: ImageInfoResolvers = {
  url: async ({ sha256, format }, _, { viewer, loaders, services: { imageLinks, config } }) => {
    const tenantId = requireScope(viewer, 'CLASSIFY');
    if (!(await loaders.keptImage.load(keptImageId(sha256)))) return null;
    const token = imageLinks.sign({ tenantId, sha256, format });
    return `${config.publicUrl ?? config.basePath}/downloads/images/${token}`;
  },
};
