-- The event log in PostgreSQL, schema 1 (docs/formats/event-log.md). Made in one transaction.
CREATE SCHEMA IF NOT EXISTS log;

CREATE TABLE log.meta (
    key   text PRIMARY KEY,
    value text NOT NULL
);

-- Project ids are long and repeat in every row and index: a number stands for them. The row is also the lock that every
-- writer of the project takes. erased_to: positions up to here are not given again, although their rows may be gone.
CREATE TABLE log.projects (
    project_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id text COLLATE "C" NOT NULL UNIQUE,
    erased_to  bigint NOT NULL DEFAULT 0
);

-- Ids of clients are bytes (UTF-8): they may hold U+0000, which text may not, and compare without a collation.
CREATE TABLE log.events (
    position    bigint   NOT NULL,
    version     bigint   NOT NULL,
    received_at bigint   NOT NULL,
    project_no  integer  NOT NULL,
    price_book  integer  NOT NULL,
    kind        smallint NOT NULL,
    format      smallint NOT NULL,
    append_id   uuid     NOT NULL,
    stream_id   bytea    NOT NULL,
    head        bytea    NOT NULL,
    body        bytea,
    PRIMARY KEY (project_no, position),
    UNIQUE (project_no, stream_id, version)
);

-- Both are compressed already. What makes a row longer than a page may hold goes out of line, the longest first: reading
-- heads then does not touch the text.
ALTER TABLE log.events
    ALTER COLUMN head SET STORAGE EXTERNAL,
    ALTER COLUMN body SET STORAGE EXTERNAL;

-- What the planner is to believe, whatever it counts: that a project has many rows. While most have one, it would look for a
-- stream among all rows of its project, and for projects with rows in the whole log.
ALTER TABLE log.events ALTER COLUMN project_no SET (n_distinct = 5);

CREATE TABLE log.score_index (
    project_no integer NOT NULL,
    score_id   bytea   NOT NULL,
    stream_id  bytea   NOT NULL,
    PRIMARY KEY (project_no, score_id)
);

-- The number of a project, which it gets now when it has none.
CREATE PROCEDURE log.number_project(id text, INOUT number integer) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log.projects (project_id) VALUES (id) ON CONFLICT DO NOTHING;
    SELECT project_no INTO number FROM log.projects WHERE project_id = id;
    COMMIT;
END $$;

-- Whether the append ids that a deletion remembers (16 bytes each) name an append.
CREATE FUNCTION log.names(append_ids bytea, id uuid) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT EXISTS (SELECT FROM generate_series(1, length(append_ids), 16) i WHERE substring(append_ids FROM i FOR 16) = uuid_send(id))
$$;

-- Why a row was not written. 1: it had been written before. 2: it had been, and its stream was deleted since. 3: another row
-- has its version, or an earlier one is missing.
CREATE FUNCTION log.explain(
    project integer, stream bytea, wanted bigint, id uuid, OUT reason smallint, OUT "position" bigint, OUT version bigint
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    -- Version 1 of a deleted stream keeps its id, but not what was appended with it.
    SELECT 1, position, version INTO explain.reason, explain.position, explain.version FROM log.events
    WHERE project_no = project AND stream_id = stream AND version = wanted AND append_id = id AND (version > 1 OR kind = 1);
    IF FOUND THEN
        RETURN;
    END IF;

    -- Version 1 says whether the stream was ever deleted, so that a stream that never was is not searched.
    IF EXISTS (SELECT FROM log.events WHERE project_no = project AND stream_id = stream AND version = 1 AND kind = 2) THEN
        SELECT 2, position, version INTO explain.reason, explain.position, explain.version FROM log.events
        WHERE project_no = project AND stream_id = stream AND version > 1 AND kind = 2 AND log.names(head, id);
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;

    SELECT 3, 0, coalesce(max(version), 0) INTO explain.reason, explain.position, explain.version FROM log.events
    WHERE project_no = project AND stream_id = stream;
END $$;

-- Writes a batch, in which no stream occurs twice, in one transaction that ends inside: a client that stops after it has sent
-- the call keeps nothing locked. A row is written when its stream is at version "after"; a row of kind 2 takes the earlier
-- ones with it. Rows of a project get their positions while it is locked, until the commit: positions are in the order of
-- commits. The fate of a score after a row: 1: its stream holds it. 2: its stream does not. 3: no stream does. For each row:
-- its position, its version, and 0, or a reason of log.explain.
CREATE PROCEDURE log.append(
    project_nos integer[], stream_ids bytea[], afters bigint[], row_versions bigint[], append_ids uuid[], kinds smallint[],
    formats smallint[], price_books integer[], received_ats bigint[], heads bytea[], bodies bytea[],
    score_rows integer[], score_projects integer[], score_streams bytea[], score_ids bytea[], score_fates smallint[],
    again_rows integer[], again_projects integer[], again_streams bytea[], again_versions bigint[], again_heads bytea[],
    again_bodies bytea[],
    INOUT positions bigint[], INOUT versions bigint[], INOUT reasons smallint[]
) LANGUAGE plpgsql AS $$
DECLARE
    why record;
BEGIN
    -- Always in the same order, so that two batches cannot wait for each other.
    PERFORM FROM log.projects WHERE project_no = ANY (project_nos) ORDER BY project_no FOR NO KEY UPDATE;

    WITH tops AS MATERIALIZED (
        SELECT p.project_no, greatest(p.erased_to, (SELECT max(e.position) FROM log.events e WHERE e.project_no = p.project_no)) AS top
        FROM log.projects p WHERE p.project_no = ANY (project_nos)
    ), asked AS (
        SELECT r.nth, r.project_no, r.version, r.after = coalesce(
            (SELECT max(e.version) FROM log.events e WHERE e.project_no = r.project_no AND e.stream_id = r.stream_id), 0) AS fits
        FROM unnest(project_nos, stream_ids, afters, row_versions) WITH ORDINALITY r (project_no, stream_id, after, version, nth)
    ), placed AS (
        SELECT nth, version, CASE WHEN fits THEN top + count(*) FILTER (WHERE fits) OVER (PARTITION BY project_no ORDER BY nth) ELSE 0 END AS position
        FROM asked JOIN tops USING (project_no)
    )
    SELECT array_agg(position ORDER BY nth), array_agg(version ORDER BY nth), array_agg(0 ORDER BY nth)
    INTO positions, versions, reasons FROM placed;

    IF 2 = ANY (kinds) THEN
        DELETE FROM log.events e
        USING unnest(positions, kinds, project_nos, stream_ids) d (position, kind, project_no, stream_id)
        WHERE d.position > 0 AND d.kind = 2 AND e.project_no = d.project_no AND e.stream_id = d.stream_id AND e.version > 1;
        UPDATE log.events e SET kind = 2, head = '', body = NULL
        FROM unnest(positions, kinds, project_nos, stream_ids) d (position, kind, project_no, stream_id)
        WHERE d.position > 0 AND d.kind = 2 AND e.project_no = d.project_no AND e.stream_id = d.stream_id AND e.version = 1;
    END IF;

    INSERT INTO log.events (position, version, received_at, project_no, price_book, kind, format, append_id, stream_id, head, body)
    SELECT * FROM unnest(
        positions, row_versions, received_ats, project_nos, price_books, kinds, formats, append_ids, stream_ids, heads, bodies
    ) r (position, version, received_at, project_no, price_book, kind, format, append_id, stream_id, head, body)
    WHERE r.position > 0;

    IF cardinality(score_rows) > 0 THEN
        DELETE FROM log.score_index i
        USING unnest(score_rows, score_projects, score_streams, score_ids, score_fates) s (nth, project_no, stream_id, score_id, fate)
        WHERE positions[s.nth] > 0 AND i.project_no = s.project_no AND i.score_id = s.score_id
            AND (s.fate = 2 AND i.stream_id = s.stream_id OR s.fate = 3);
        INSERT INTO log.score_index AS i (project_no, score_id, stream_id)
        SELECT last.project_no, last.score_id, last.stream_id FROM (
            SELECT DISTINCT ON (s.project_no, s.score_id) s.*
            FROM unnest(score_rows, score_projects, score_streams, score_ids, score_fates) s (nth, project_no, stream_id, score_id, fate)
            WHERE positions[s.nth] > 0 AND s.fate <> 2
            ORDER BY s.project_no, s.score_id, s.nth DESC
        ) last WHERE last.fate = 1
        ON CONFLICT (project_no, score_id) DO UPDATE SET stream_id = excluded.stream_id WHERE i.stream_id <> excluded.stream_id;
    END IF;

    IF cardinality(again_rows) > 0 THEN
        UPDATE log.events e SET format = formats[a.nth], head = a.head, body = a.body
        FROM unnest(again_rows, again_projects, again_streams, again_versions, again_heads, again_bodies)
            a (nth, project_no, stream_id, version, head, body)
        WHERE positions[a.nth] > 0 AND e.project_no = a.project_no AND e.stream_id = a.stream_id AND e.version = a.version;
    END IF;

    IF 0 = ANY (positions) THEN
        FOR i IN 1 .. cardinality(positions) LOOP
            IF positions[i] = 0 THEN
                why := log.explain(project_nos[i], stream_ids[i], row_versions[i], append_ids[i]);
                positions[i] := why.position;
                versions[i] := why.version;
                reasons[i] := why.reason;
            END IF;
        END LOOP;
    END IF;

    COMMIT;
END $$;

-- Deletes the oldest rows of a project behind a position, few enough that other writers hardly wait; when there are none,
-- some of its scores' places. Says how much was deleted, and the position to go on behind.
CREATE PROCEDURE log.erase_some(id text, at_once integer, INOUT after bigint, INOUT erased bigint) LANGUAGE plpgsql AS $$
DECLARE
    project integer;
    top bigint;
BEGIN
    SELECT project_no INTO project FROM log.projects WHERE project_id = id FOR NO KEY UPDATE;
    SELECT max(e.position) INTO top FROM log.events e WHERE e.project_no = project;
    UPDATE log.projects SET erased_to = top WHERE project_no = project AND erased_to < top;

    WITH gone AS (
        DELETE FROM log.events e WHERE e.project_no = project AND e.position = ANY (ARRAY(
            SELECT o.position FROM log.events o WHERE o.project_no = project AND o.position > erase_some.after
            ORDER BY o.position LIMIT at_once))
        RETURNING e.position
    )
    SELECT count(*), coalesce(max(position), erase_some.after) INTO erased, after FROM gone;

    IF erased = 0 THEN
        DELETE FROM log.score_index i WHERE i.project_no = project AND i.score_id = ANY (ARRAY(
            SELECT o.score_id FROM log.score_index o WHERE o.project_no = project ORDER BY o.score_id LIMIT at_once));
        GET DIAGNOSTICS erased = ROW_COUNT;
    END IF;

    COMMIT;
END $$;
