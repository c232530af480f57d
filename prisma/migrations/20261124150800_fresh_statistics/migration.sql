-- Every index begins with tenant_id. While the planner's statistics do not know a tenant, it expects one row of it, finds
-- all indexes equally good, and may take one that leads through all of the tenant's rows: once for each foreign key that
-- is checked. Removing 20,000 labels then took a minute in place of a second.

-- So statistics are made after a number of rows that is much for one tenant, not after a tenth of all tenants' rows.
ALTER TABLE "label" SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000);
ALTER TABLE "classification" SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);
ALTER TABLE "prediction" SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000);
ALTER TABLE "text_embedding" SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);

-- And at once where an edit writes thousands of labels. Only an owner may ANALYZE; the application may this one table.
-- It never waits: where another process is at it already, that is good enough.
CREATE FUNCTION analyze_labels() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  ANALYZE (SKIP_LOCKED) public.label;
END
$$;
