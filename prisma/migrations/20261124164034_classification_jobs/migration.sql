-- CreateEnum
CREATE TYPE "classification_job_state" AS ENUM ('RUNNING', 'COMPLETED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "classification_job_item_state" AS ENUM ('PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "classification_job" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,
    "request_id" TEXT NOT NULL,
    "state" "classification_job_state" NOT NULL DEFAULT 'RUNNING',
    "series" INTEGER NOT NULL DEFAULT 1,
    "settings" JSONB NOT NULL,
    "item_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "classification_job_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "classification_job_item" (
    "tenant_id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "state" "classification_job_item_state" NOT NULL DEFAULT 'PENDING',
    "reference" TEXT,
    "metadata" JSONB,
    "url" TEXT,
    "blob_id" UUID,
    "outcomes" JSONB,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "classification_job_item_pkey" PRIMARY KEY ("tenant_id","job_id","position")
);

-- CreateTable
CREATE TABLE "blob" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "data" BYTEA NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "classification_job_tenant_id_created_at_idx" ON "classification_job"("tenant_id", "created_at");

-- CreateIndex
CREATE INDEX "classification_job_item_tenant_id_job_id_state_position_idx" ON "classification_job_item"("tenant_id", "job_id", "state", "position");

-- CreateIndex
CREATE INDEX "blob_tenant_id_expires_at_idx" ON "blob"("tenant_id", "expires_at");

-- AddForeignKey
ALTER TABLE "classification_job" ADD CONSTRAINT "classification_job_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "classification_job_item" ADD CONSTRAINT "classification_job_item_tenant_id_job_id_fkey" FOREIGN KEY ("tenant_id", "job_id") REFERENCES "classification_job"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "blob" ADD CONSTRAINT "blob_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- As for every table of a tenant (see the isolation migration).
DO $$
DECLARE
  own_rows constant text := $sql$tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)$sql$;
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['classification_job', 'classification_job_item', 'blob'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (%s) WITH CHECK (%s)', table_name, own_rows, own_rows);
  END LOOP;
END
$$;
