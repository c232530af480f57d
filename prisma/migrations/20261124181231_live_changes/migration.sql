-- CreateTable
CREATE TABLE "classification_log" (
    "tenant_id" UUID NOT NULL,
    "classification_id" UUID NOT NULL,
    "taxonomy_id" UUID NOT NULL,
    "position" BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,

    CONSTRAINT "classification_log_pkey" PRIMARY KEY ("tenant_id","classification_id")
);

-- CreateIndex
CREATE INDEX "classification_log_tenant_id_taxonomy_id_position_idx" ON "classification_log"("tenant_id", "taxonomy_id", "position");

-- AddForeignKey
ALTER TABLE "classification_log" ADD CONSTRAINT "classification_log_tenant_id_classification_id_fkey" FOREIGN KEY ("tenant_id", "classification_id") REFERENCES "classification"("tenant_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- As for every table of a tenant (see the isolation migration).
ALTER TABLE "classification_log" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "classification_log" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "classification_log"
  USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

-- One transaction of a tenant after the other takes positions, and holds the lock until others see its rows: whoever
-- sees a position sees every smaller one that there will ever be. It fires before the first position is taken.
CREATE FUNCTION order_classifications() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('classification_log ' || current_setting('app.tenant_id'), 0));
  RETURN NULL;
END
$$;

CREATE TRIGGER in_order BEFORE INSERT ON "classification_log"
  FOR EACH STATEMENT EXECUTE FUNCTION order_classifications();

-- Tells every API process what has changed: '<topic> <tenant> <id>', nothing of the rows themselves. Postgres sends at
-- the commit, and the same notice of one transaction once, however many rows it is about. Commits that notify take turns
-- in the whole database: so the most frequent change, a classification, is told of by the process that makes it.
CREATE FUNCTION tell_changes() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  notice text;
BEGIN
  FOR notice IN EXECUTE format('SELECT DISTINCT concat_ws('' '', %L, tenant_id, %I) FROM changed', TG_ARGV[0], TG_ARGV[1])
  LOOP
    PERFORM pg_notify('taxolens_changes', notice);
  END LOOP;
  RETURN NULL;
END
$$;

CREATE TRIGGER tell_changes AFTER UPDATE ON "classification_job" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_changes('job', 'id');
CREATE TRIGGER tell_changes AFTER UPDATE ON "classification_job_item" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_changes('job', 'job_id');
CREATE TRIGGER tell_changes AFTER UPDATE ON "taxonomy_version" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_changes('version', 'id');

-- Of keys only what ends them: their last use is noted all the time.
CREATE FUNCTION tell_key() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM pg_notify('taxolens_changes', concat_ws(' ', 'key', NEW.tenant_id, NEW.id));
  RETURN NULL;
END
$$;

CREATE TRIGGER tell_key AFTER UPDATE ON "api_key" FOR EACH ROW
  WHEN (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at OR NEW.expires_at IS DISTINCT FROM OLD.expires_at)
  EXECUTE FUNCTION tell_key();
