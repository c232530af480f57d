-- AlterTable
ALTER TABLE "tenant" ADD COLUMN "classifications_kept_days" INTEGER,
ADD COLUMN "images_per_minute" INTEGER,
ADD COLUMN "images_per_month" INTEGER,
ADD COLUMN "trusted_documents_only" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN "images_per_minute" INTEGER;

-- CreateTable
CREATE TABLE "rate_bucket" (
    "tenant_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "full_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "rate_bucket_pkey" PRIMARY KEY ("tenant_id","subject_id")
);

-- CreateTable
CREATE TABLE "usage_month" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "images" BIGINT NOT NULL,
    "classifications" BIGINT NOT NULL,

    CONSTRAINT "usage_month_pkey" PRIMARY KEY ("tenant_id","month")
);

-- AddForeignKey
ALTER TABLE "rate_bucket" ADD CONSTRAINT "rate_bucket_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

DO $$
DECLARE
  own_rows constant text := $sql$tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)$sql$;
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['rate_bucket', 'usage_month'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (%s) WITH CHECK (%s)', table_name, own_rows, own_rows);
  END LOOP;
END
$$;

ALTER TABLE "tenant" ADD CONSTRAINT "tenant_limits_are_positive"
  CHECK (images_per_minute > 0 AND images_per_month > 0 AND classifications_kept_days > 0);
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_rate_is_positive" CHECK (images_per_minute > 0);

-- A tenant changes its own row, but never what it may use.
CREATE FUNCTION refuse_own_quotas() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF current_setting('app.operator', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'quotas of tenant % are changed by the operator only', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER operator_sets_quotas BEFORE UPDATE ON "tenant" FOR EACH ROW
  WHEN ((OLD.images_per_minute, OLD.images_per_month) IS DISTINCT FROM (NEW.images_per_minute, NEW.images_per_month))
  EXECUTE FUNCTION refuse_own_quotas();
