-- CreateTable
CREATE TABLE "taxonomy_matrix_part" (
    "tenant_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "taxonomy_matrix_part_pkey" PRIMARY KEY ("tenant_id","version_id","language","part")
);

-- AddForeignKey
ALTER TABLE "taxonomy_matrix_part" ADD CONSTRAINT "taxonomy_matrix_part_tenant_id_version_id_language_fkey" FOREIGN KEY ("tenant_id", "version_id", "language") REFERENCES "taxonomy_matrix"("tenant_id", "version_id", "language") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What is there is kept: READY versions are classified against as before. FORCE would hide the rows from their owner.
ALTER TABLE "taxonomy_matrix" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "taxonomy_matrix_part" (tenant_id, version_id, language, part, data)
  SELECT tenant_id, version_id, language, part, substring(data FROM part * 524288 + 1 FOR 524288)
  FROM "taxonomy_matrix", generate_series(0, (octet_length(data) - 1) / 524288) AS part;
ALTER TABLE "taxonomy_matrix" FORCE ROW LEVEL SECURITY;

-- AlterTable
ALTER TABLE "taxonomy_matrix" DROP COLUMN "data";

-- Floats do not compress.
ALTER TABLE "taxonomy_matrix_part" ALTER COLUMN "data" SET STORAGE EXTERNAL;

-- As for every table of a tenant (see the isolation migration), and frozen with its version.
ALTER TABLE "taxonomy_matrix_part" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "taxonomy_matrix_part" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "taxonomy_matrix_part"
  USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE TRIGGER frozen_insert AFTER INSERT ON "taxonomy_matrix_part" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents();
CREATE TRIGGER frozen_delete AFTER DELETE ON "taxonomy_matrix_part" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents();
CREATE TRIGGER frozen_update_old AFTER UPDATE ON "taxonomy_matrix_part" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents();
CREATE TRIGGER frozen_update_new AFTER UPDATE ON "taxonomy_matrix_part" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents();
