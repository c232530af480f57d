-- CreateEnum
CREATE TYPE "blob_kind" AS ENUM ('JOB_INPUT', 'IMAGE');

-- AlterTable
ALTER TABLE "tenant" ADD COLUMN     "image_embeddings_kept_days" INTEGER,
ADD COLUMN     "images_kept_days" INTEGER;

-- AlterTable
ALTER TABLE "classification_job_item" ADD COLUMN     "image" JSONB;

-- AlterTable
ALTER TABLE "blob" ADD COLUMN     "kind" "blob_kind" NOT NULL DEFAULT 'JOB_INPUT';

-- CreateTable
CREATE TABLE "image_embedding" (
    "tenant_id" UUID NOT NULL,
    "image_revision" TEXT NOT NULL,
    "image_sha256" BYTEA NOT NULL,
    "embedding" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "image_embedding_pkey" PRIMARY KEY ("tenant_id","image_revision","image_sha256")
);

-- CreateIndex
CREATE INDEX "image_embedding_tenant_id_created_at_idx" ON "image_embedding"("tenant_id", "created_at");

-- AddForeignKey
ALTER TABLE "image_embedding" ADD CONSTRAINT "image_embedding_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- As for every table of a tenant (see the isolation migration).
ALTER TABLE "image_embedding" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "image_embedding" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "image_embedding"
  USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
