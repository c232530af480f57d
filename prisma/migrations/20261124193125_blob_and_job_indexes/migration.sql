-- DropIndex
DROP INDEX "classification_job_tenant_id_created_at_idx";

-- AlterTable
ALTER TABLE "blob" ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "classification_job_tenant_id_state_finished_at_idx" ON "classification_job"("tenant_id", "state", "finished_at");

-- CreateIndex
CREATE INDEX "blob_tenant_id_kind_size_bytes_idx" ON "blob"("tenant_id", "kind", "size_bytes");
