-- What Orleans keeps in PostgreSQL: who is in the cluster, the state of actors, and reminders.
--
-- Orleans reads its statements from OrleansQuery when a node starts and gives them parameters by name, so the keys, the
-- parameters and the names of result columns are its own; the tables are ours. Every statement is one round trip and atomic.
-- Run as a whole, in one transaction, by OrleansSchema; running it again changes nothing but the statements.

CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);

-- A cluster and the version of its membership. Every change of a member must name the version that it was made from.
CREATE TABLE IF NOT EXISTS clusters (
    cluster_id text PRIMARY KEY,
    version integer NOT NULL
);

CREATE TABLE IF NOT EXISTS silos (
    cluster_id text NOT NULL REFERENCES clusters ON DELETE CASCADE,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    name text NOT NULL,
    host_name text NOT NULL,
    -- 3 is active, 6 is dead: Orleans.Runtime.SiloStatus.
    status integer NOT NULL,
    gateway_port integer NOT NULL,
    suspicions text,
    started_at timestamptz NOT NULL,
    alive_at timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

CREATE TABLE IF NOT EXISTS reminders (
    service_id text NOT NULL,
    grain_id text NOT NULL,
    name text NOT NULL,
    start_at timestamptz NOT NULL,
    period_ms bigint NOT NULL,
    grain_hash integer NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (service_id, grain_id, name)
);

CREATE INDEX IF NOT EXISTS reminders_by_hash ON reminders (service_id, grain_hash);

-- A reminder that was removed and made again must not be taken for the one before.
CREATE SEQUENCE IF NOT EXISTS reminder_versions AS integer CYCLE;

CREATE TABLE IF NOT EXISTS grain_states (
    service_id text NOT NULL,
    grain_type text NOT NULL,
    key_0 bigint NOT NULL,
    key_1 bigint NOT NULL,
    key_text text NOT NULL,
    payload bytea,
    version integer NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (service_id, grain_type, key_0, key_1, key_text)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

('InsertMembershipVersionKey', $$
WITH made AS (
    INSERT INTO clusters (cluster_id, version) VALUES (@DeploymentId, 0)
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT EXISTS (SELECT FROM made)
$$),

('InsertMembershipKey', $$
WITH turn AS (
    UPDATE clusters SET version = version + 1
    WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT FROM silos
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id
), made AS (
    INSERT INTO silos (cluster_id, address, port, generation, name, host_name, status, gateway_port, started_at, alive_at)
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    FROM turn
    RETURNING 1
)
SELECT EXISTS (SELECT FROM made)
$$),

('UpdateMembershipKey', $$
WITH turn AS (
    UPDATE clusters SET version = version + 1
    WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
        SELECT FROM silos
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id
), changed AS (
    UPDATE silos s
    SET status = @Status, suspicions = @SuspectTimes, alive_at = greatest(s.alive_at, @IAmAliveTime)
    FROM turn
    WHERE s.cluster_id = turn.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    RETURNING 1
)
SELECT EXISTS (SELECT FROM changed)
$$),

('UpdateIAmAlivetimeKey', $$
UPDATE silos SET alive_at = greatest(alive_at, @IAmAliveTime)
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),

('MembershipReadRowKey', $$
SELECT
    s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host_name AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, c.version AS Version
FROM clusters c
LEFT JOIN silos s
    ON s.cluster_id = c.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE c.cluster_id = @DeploymentId
$$),

('MembershipReadAllKey', $$
SELECT
    s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host_name AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, c.version AS Version
FROM clusters c
LEFT JOIN silos s ON s.cluster_id = c.cluster_id
WHERE c.cluster_id = @DeploymentId
$$),

('GatewaysQueryKey', $$
SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
FROM silos
WHERE cluster_id = @DeploymentId AND status = @Status AND gateway_port > 0
$$),

('DeleteMembershipTableEntriesKey', $$
DELETE FROM clusters WHERE cluster_id = @DeploymentId
$$),

('CleanupDefunctSiloEntriesKey', $$
DELETE FROM silos
WHERE cluster_id = @DeploymentId AND status = 6 AND alive_at < @IAmAliveTime AND started_at < @IAmAliveTime
$$),

-- Removes one dead silo, unless something of it has changed since it was chosen.
('CleanupDefunctSiloEntryKey', $$
DELETE FROM silos
WHERE cluster_id = @DeploymentId AND status = 6
    AND address = @Address AND port = @Port AND generation = @Generation
    AND started_at = @StartTime AND alive_at = @IAmAliveTime
    AND coalesce(suspicions, '') = coalesce(@SuspectTimes, '')
$$),

('UpsertReminderRowKey', $$
INSERT INTO reminders (service_id, grain_id, name, start_at, period_ms, grain_hash, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, nextval('reminder_versions'))
ON CONFLICT (service_id, grain_id, name) DO UPDATE
SET start_at = excluded.start_at, period_ms = excluded.period_ms, grain_hash = excluded.grain_hash, version = excluded.version
RETURNING version AS Version
$$),

('ReadReminderRowsKey', $$
SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
FROM reminders
WHERE service_id = @ServiceId AND grain_id = @GrainId
$$),

('ReadReminderRowKey', $$
SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
FROM reminders
WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$$),

-- The hashes lie on a ring: a range that begins after its end goes over the seam.
('ReadRangeRows1Key', $$
SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
FROM reminders
WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$$),

('ReadRangeRows2Key', $$
SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
FROM reminders
WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$$),

('DeleteReminderRowKey', $$
WITH gone AS (
    DELETE FROM reminders
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
    RETURNING 1
)
SELECT EXISTS (SELECT FROM gone)
$$),

('DeleteReminderRowsKey', $$
DELETE FROM reminders WHERE service_id = @ServiceId
$$),

('ReadFromStorageKey', $$
SELECT payload AS PayloadBinary, version AS Version
FROM grain_states
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
    AND key_0 = @GrainIdN0 AND key_1 = @GrainIdN1 AND key_text = coalesce(@GrainIdExtensionString, '')
$$),

-- A null version is a lost race: somebody else has written since the state was read.
('WriteToStorageKey', $$
WITH made AS (
    INSERT INTO grain_states (service_id, grain_type, key_0, key_1, key_text, payload, version, written_at)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, 1, now()
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version
), changed AS (
    UPDATE grain_states SET payload = @PayloadBinary, version = version + 1, written_at = now()
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
        AND key_0 = @GrainIdN0 AND key_1 = @GrainIdN1 AND key_text = coalesce(@GrainIdExtensionString, '')
        AND version = @GrainStateVersion
    RETURNING version
)
SELECT coalesce((SELECT version FROM made), (SELECT version FROM changed)) AS NewGrainStateVersion
$$),

('ClearStorageKey', $$
WITH changed AS (
    UPDATE grain_states SET payload = NULL, version = version + 1, written_at = now()
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
        AND key_0 = @GrainIdN0 AND key_1 = @GrainIdN1 AND key_text = coalesce(@GrainIdExtensionString, '')
        AND version = @GrainStateVersion
    RETURNING version
)
SELECT (SELECT version FROM changed) AS NewGrainStateVersion
$$),

('DeleteStorageKey', $$
WITH gone AS (
    DELETE FROM grain_states
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
        AND key_0 = @GrainIdN0 AND key_1 = @GrainIdN1 AND key_text = coalesce(@GrainIdExtensionString, '')
        AND version = @GrainStateVersion
    RETURNING version + 1 AS version
)
SELECT (SELECT version FROM gone) AS NewGrainStateVersion
$$)

ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
