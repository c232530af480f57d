-- AlterTable
ALTER TABLE "taxonomy_version" ADD COLUMN "warnings" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "taxonomy_matrix" ADD COLUMN "closest" JSONB NOT NULL DEFAULT '[]';

-- Text embeddings are a cache: without their token counts they are made again. (Row level security would hide them
-- from DELETE; TRUNCATE it does not concern.)
TRUNCATE "text_embedding";

-- AlterTable
ALTER TABLE "text_embedding" ADD COLUMN "token_count" INTEGER NOT NULL;

-- CreateTable
CREATE TABLE "label_file" (
    "tenant_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "layout" JSONB NOT NULL,

    CONSTRAINT "label_file_pkey" PRIMARY KEY ("tenant_id","version_id","format","language")
);

-- AddForeignKey
ALTER TABLE "label_file" ADD CONSTRAINT "label_file_tenant_id_version_id_fkey" FOREIGN KEY ("tenant_id", "version_id") REFERENCES "taxonomy_version"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- As for every table of a tenant (see the isolation migration), and frozen with its version.
ALTER TABLE "label_file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "label_file" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "label_file"
  USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE TRIGGER frozen_insert AFTER INSERT ON "label_file" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents();
CREATE TRIGGER frozen_delete AFTER DELETE ON "label_file" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents();
CREATE TRIGGER frozen_update_old AFTER UPDATE ON "label_file" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents();
CREATE TRIGGER frozen_update_new AFTER UPDATE ON "label_file" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents();
