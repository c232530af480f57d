-- Text embeddings are a cache, kept by the revision of the text encoder from here on: they are made again. (Row level
-- security would hide them from DELETE; TRUNCATE it does not concern.)
TRUNCATE "text_embedding";

-- AlterTable
ALTER TABLE "text_embedding" DROP CONSTRAINT "text_embedding_pkey",
DROP COLUMN "model_revision",
ADD COLUMN     "text_revision" TEXT NOT NULL,
ADD CONSTRAINT "text_embedding_pkey" PRIMARY KEY ("tenant_id", "text_revision", "text_hash");
