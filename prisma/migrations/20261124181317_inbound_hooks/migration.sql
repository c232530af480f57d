-- CreateEnum
CREATE TYPE "inbound_hook_scheme" AS ENUM ('STANDARD_WEBHOOKS', 'HMAC_HEADER', 'BEARER');

-- CreateEnum
CREATE TYPE "inbound_message_state" AS ENUM ('PENDING', 'COMPLETED', 'FAILED');

-- CreateTable
CREATE TABLE "inbound_hook" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scheme" "inbound_hook_scheme" NOT NULL,
    "hmac_header" JSONB,
    "mapping" JSONB NOT NULL,
    "taxonomy_id" UUID NOT NULL,
    "version" INTEGER,
    "top_k" INTEGER NOT NULL,
    "min_score" DOUBLE PRECISION,
    "language" TEXT,
    "prompt_language" TEXT,
    "images_per_minute" INTEGER NOT NULL,
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_secret_expires_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbound_hook_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "inbound_message" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "hook_id" UUID NOT NULL,
    "sender_id" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "request_id" TEXT NOT NULL,
    "state" "inbound_message_state" NOT NULL DEFAULT 'PENDING',
    "images" JSONB NOT NULL,
    "outcomes" JSONB,
    "failure" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbound_message_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "inbound_message_tenant_id_hook_id_state_idx" ON "inbound_message"("tenant_id", "hook_id", "state");

-- CreateIndex
CREATE INDEX "inbound_message_tenant_id_finished_at_idx" ON "inbound_message"("tenant_id", "finished_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_message_tenant_id_hook_id_sender_id_key" ON "inbound_message"("tenant_id", "hook_id", "sender_id");

-- AddForeignKey
ALTER TABLE "inbound_hook" ADD CONSTRAINT "inbound_hook_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "inbound_hook" ADD CONSTRAINT "inbound_hook_tenant_id_taxonomy_id_fkey" FOREIGN KEY ("tenant_id", "taxonomy_id") REFERENCES "taxonomy"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "inbound_message" ADD CONSTRAINT "inbound_message_tenant_id_hook_id_fkey" FOREIGN KEY ("tenant_id", "hook_id") REFERENCES "inbound_hook"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- As for every table of a tenant (see the isolation migration).
DO $$
DECLARE
  own_rows constant text := $sql$tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)$sql$;
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['inbound_hook', 'inbound_message'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (%s) WITH CHECK (%s)', table_name, own_rows, own_rows);
  END LOOP;
END
$$;
