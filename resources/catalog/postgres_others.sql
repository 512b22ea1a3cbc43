-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- What is made and dropped whole, and what is set on something else: its kind, its schema (a rule's is its
-- table's), its name with all that DROP needs, the statements that make it, the one that takes it away, its comment.
-- Those of the server itself and of extensions are left out.
-- Columns that not every version has (15: colliculocale, 16: collicurules, 17: colllocale) are read through JSON, and
-- attcompression (14) by a name that means the empty one of "none" where the table has none.
WITH space AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), class AS (
    SELECT c.*, n.nspname FROM pg_class AS c JOIN space AS n ON n.oid = c.relnamespace
    WHERE NOT EXISTS (SELECT 1 FROM pg_depend AS x WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype IN ('e', 'i'))
), object(classid, objid, kind, nsp, made) AS (
    SELECT 'pg_collation'::regclass, c.oid, 'COLLATION', NULL, ARRAY[
        format('CREATE COLLATION %I.%I (provider = %s, %s%s%s)', n.nspname, c.collname,
               CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
               CASE WHEN c.collprovider = 'c' THEN format('lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype)
                    ELSE format('locale = %L', coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate)) END,
               CASE WHEN c.collisdeterministic THEN '' ELSE ', deterministic = false' END,
               CASE WHEN to_jsonb(c) ->> 'collicurules' IS NULL THEN '' ELSE format(', rules = %L', to_jsonb(c) ->> 'collicurules') END)]
    FROM pg_collation AS c JOIN space AS n ON n.oid = c.collnamespace
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, s.oid, 'STATISTICS', NULL, ARRAY[
        pg_get_statisticsobjdef(s.oid),
        CASE WHEN (to_jsonb(s) ->> 'stxstattarget')::int >= 0
             THEN format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, to_jsonb(s) ->> 'stxstattarget') END]
    FROM pg_statistic_ext AS s JOIN space AS n ON n.oid = s.stxnamespace JOIN class AS c ON c.oid = s.stxrelid
    UNION ALL
    SELECT 'pg_rewrite'::regclass, r.oid, 'RULE', c.nspname, ARRAY[
        rtrim(pg_get_ruledef(r.oid), E';\n '),
        CASE r.ev_enabled WHEN 'O' THEN NULL
             ELSE format('ALTER TABLE %I.%I %s RULE %I', c.nspname, c.relname,
                         CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, r.rulename) END]
    FROM pg_rewrite AS r JOIN class AS c ON c.oid = r.ev_class
    WHERE r.rulename <> '_RETURN'
    UNION ALL
    SELECT 'pg_operator'::regclass, o.oid, 'OPERATOR', NULL, ARRAY[
        format('CREATE OPERATOR %I.%s (%s)', n.nspname, o.oprname, concat_ws(', ', 'FUNCTION = ' || o.oprcode::regproc,
               CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || format_type(o.oprleft, NULL) END,
               CASE WHEN o.oprright <> 0 THEN 'RIGHTARG = ' || format_type(o.oprright, NULL) END,
               CASE WHEN co.oid IS NOT NULL THEN format('COMMUTATOR = OPERATOR(%I.%s)', cn.nspname, co.oprname) END,
               CASE WHEN ne.oid IS NOT NULL THEN format('NEGATOR = OPERATOR(%I.%s)', nn.nspname, ne.oprname) END,
               CASE WHEN o.oprrest <> 0 THEN 'RESTRICT = ' || o.oprrest::regproc END,
               CASE WHEN o.oprjoin <> 0 THEN 'JOIN = ' || o.oprjoin::regproc END,
               CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END))]
    FROM pg_operator AS o JOIN space AS n ON n.oid = o.oprnamespace
    LEFT JOIN pg_operator AS co ON co.oid = o.oprcom LEFT JOIN pg_namespace AS cn ON cn.oid = co.oprnamespace
    LEFT JOIN pg_operator AS ne ON ne.oid = o.oprnegate LEFT JOIN pg_namespace AS nn ON nn.oid = ne.oprnamespace
    WHERE o.oprcode <> 0
    UNION ALL
    SELECT 'pg_cast'::regclass, c.oid, 'CAST', NULL, ARRAY[
        format('CREATE CAST (%s AS %s) %s%s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
               CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
               CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END)]
    FROM pg_cast AS c WHERE c.oid >= 16384
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, d.oid, 'TEXT SEARCH DICTIONARY', NULL, ARRAY[
        format('CREATE TEXT SEARCH DICTIONARY %I.%I (%s)', n.nspname, d.dictname,
               concat_ws(', ', format('TEMPLATE = %I.%I', tn.nspname, t.tmplname), d.dictinitoption))]
    FROM pg_ts_dict AS d JOIN space AS n ON n.oid = d.dictnamespace
    JOIN pg_ts_template AS t ON t.oid = d.dicttemplate JOIN pg_namespace AS tn ON tn.oid = t.tmplnamespace
    UNION ALL
    SELECT 'pg_ts_config'::regclass, c.oid, 'TEXT SEARCH CONFIGURATION', NULL,
        ARRAY[format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname, p.prsname)]
        || ARRAY(SELECT format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s', n.nspname, c.cfgname, t.alias,
                               string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno))
                 FROM pg_ts_config_map AS m JOIN ts_token_type(c.cfgparser) AS t ON t.tokid = m.maptokentype
                 WHERE m.mapcfg = c.oid GROUP BY t.tokid, t.alias ORDER BY t.tokid)
    FROM pg_ts_config AS c JOIN space AS n ON n.oid = c.cfgnamespace
    JOIN pg_ts_parser AS p ON p.oid = c.cfgparser JOIN pg_namespace AS pn ON pn.oid = p.prsnamespace
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 'FOREIGN DATA WRAPPER', NULL,
        ARRAY[concat('CREATE FOREIGN DATA WRAPPER ', quote_ident(w.fdwname),
                     CASE WHEN w.fdwhandler <> 0 THEN ' HANDLER ' || w.fdwhandler::regproc END,
                     CASE WHEN w.fdwvalidator <> 0 THEN ' VALIDATOR ' || w.fdwvalidator::regproc END)]
        || ARRAY(SELECT format('ALTER FOREIGN DATA WRAPPER %I OPTIONS (ADD %I %L)', w.fdwname, o.option_name, o.option_value)
                 FROM pg_options_to_table(w.fdwoptions) AS o ORDER BY o.option_name)
    FROM pg_foreign_data_wrapper AS w
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, s.oid, 'SERVER', NULL,
        ARRAY[concat('CREATE SERVER ', quote_ident(s.srvname), ' TYPE ' || quote_literal(s.srvtype),
                     ' VERSION ' || quote_literal(s.srvversion), ' FOREIGN DATA WRAPPER ', quote_ident(w.fdwname))]
        || ARRAY(SELECT format('ALTER SERVER %I OPTIONS (ADD %I %L)', s.srvname, o.option_name, o.option_value)
                 FROM pg_options_to_table(s.srvoptions) AS o ORDER BY o.option_name)
    FROM pg_foreign_server AS s JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, e.oid, 'EVENT TRIGGER', NULL, ARRAY[
        concat('CREATE EVENT TRIGGER ', quote_ident(e.evtname), ' ON ', e.evtevent,
               ' WHEN TAG IN (' || (SELECT string_agg(quote_literal(tag), ', ' ORDER BY tag) FROM unnest(e.evttags) AS tag) || ')',
               ' EXECUTE FUNCTION ', e.evtfoid::regproc, '()'),
        CASE e.evtenabled WHEN 'O' THEN NULL
             ELSE format('ALTER EVENT TRIGGER %I %s', e.evtname,
                         CASE e.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END) END]
    FROM pg_event_trigger AS e
), attribute AS (
    SELECT c.nspname, c.relname, a.attname, a.attstorage::text AS storage, t.typstorage::text AS usual_storage,
           (SELECT attcompression::text FROM (SELECT a.*) AS own) AS compression, a.attstattarget AS target,
           CASE WHEN a.attoptions::text LIKE '%n_distinct%' THEN a.attoptions END AS options
    FROM pg_attribute AS a JOIN class AS c ON c.oid = a.attrelid JOIN pg_type AS t ON t.oid = a.atttypid
    CROSS JOIN (SELECT '' AS attcompression) AS none
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f')
), letter(storage, word) AS (
    VALUES ('p', 'PLAIN'), ('e', 'EXTERNAL'), ('x', 'EXTENDED'), ('m', 'MAIN')
), setting(kind, nsp, name, made, drop) AS (
    SELECT v.kind, a.nspname, format('%I.%I.%I', a.nspname, a.relname, a.attname),
           format('ALTER TABLE ONLY %I.%I ALTER COLUMN %I ', a.nspname, a.relname, a.attname) || v.made,
           format('ALTER TABLE ONLY %I.%I ALTER COLUMN %I ', a.nspname, a.relname, a.attname) || v.undone
    FROM attribute AS a
    CROSS JOIN LATERAL (
        SELECT 'STORAGE OF', 'SET STORAGE ' || s.word, 'SET STORAGE ' || d.word
        FROM letter AS s, letter AS d WHERE a.storage <> a.usual_storage AND s.storage = a.storage AND d.storage = a.usual_storage
        UNION ALL
        SELECT 'COMPRESSION OF', 'SET COMPRESSION ' || CASE a.compression WHEN 'p' THEN 'pglz' ELSE 'lz4' END, 'SET COMPRESSION default'
        WHERE a.compression IN ('p', 'l')
        UNION ALL
        SELECT 'STATISTICS TARGET OF', 'SET STATISTICS ' || a.target, 'SET STATISTICS -1' WHERE a.target >= 0
        UNION ALL
        SELECT 'OPTION OF', format('SET (%s)', string_agg(o.option_name || '=' || quote_literal(o.option_value), ', ' ORDER BY o.option_name)),
               format('RESET (%s)', string_agg(o.option_name, ', ' ORDER BY o.option_name))
        FROM pg_options_to_table(a.options) AS o WHERE o.option_name IN ('n_distinct', 'n_distinct_inherited') HAVING count(*) > 0
    ) AS v(kind, made, undone)
    WHERE a.storage <> a.usual_storage OR a.compression IN ('p', 'l') OR a.target >= 0 OR a.options IS NOT NULL
    UNION ALL
    SELECT 'REPLICA IDENTITY OF', c.nspname, format('%I.%I', c.nspname, c.relname),
           format('ALTER TABLE %I.%I REPLICA IDENTITY ', c.nspname, c.relname)
               || CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' ELSE format('USING INDEX %I', x.relname) END,
           format('ALTER TABLE %I.%I REPLICA IDENTITY DEFAULT', c.nspname, c.relname)
    FROM class AS c
    LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisreplident LEFT JOIN pg_class AS x ON x.oid = i.indexrelid
    WHERE c.relkind IN ('r', 'p') AND (c.relreplident IN ('f', 'n') OR x.oid IS NOT NULL)
    UNION ALL
    SELECT 'CLUSTERING OF', c.nspname, format('%I.%I', c.nspname, c.relname),
           format('ALTER TABLE %I.%I CLUSTER ON %I', c.nspname, c.relname, x.relname),
           format('ALTER TABLE %I.%I SET WITHOUT CLUSTER', c.nspname, c.relname)
    FROM pg_index AS i JOIN class AS c ON c.oid = i.indrelid
    JOIN pg_class AS x ON x.oid = i.indexrelid WHERE i.indisclustered AND c.relkind = 'r'
    UNION ALL
    SELECT 'COMMENT ON ' || v.kind, v.nsp, v.name, format('COMMENT ON %s %s IS %L', v.kind, v.name, v.description),
           format('COMMENT ON %s %s IS %L', v.kind, v.name, CASE WHEN v.kind = 'SCHEMA' AND v.nsp = 'public' THEN 'standard public schema' END)
    FROM (
        SELECT 'SCHEMA', n.nspname, format('%I', n.nspname), d.description
        FROM space AS n JOIN pg_description AS d ON d.classoid = 'pg_namespace'::regclass AND d.objoid = n.oid
        WHERE (n.nspname, d.description) <> ('public', 'standard public schema')
        UNION ALL
        SELECT 'SEQUENCE', c.nspname, format('%I.%I', c.nspname, c.relname), d.description
        FROM class AS c JOIN pg_description AS d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid
        WHERE c.relkind = 'S'
        UNION ALL
        SELECT 'POLICY', c.nspname, format('%I ON %I.%I', p.polname, c.nspname, c.relname), d.description
        FROM pg_policy AS p JOIN class AS c ON c.oid = p.polrelid
        JOIN pg_description AS d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid
        UNION ALL
        SELECT 'CONSTRAINT', n.nspname, format('%I ON DOMAIN %I.%I', k.conname, n.nspname, t.typname), d.description
        FROM pg_constraint AS k JOIN pg_type AS t ON t.oid = k.contypid JOIN space AS n ON n.oid = t.typnamespace
        JOIN pg_description AS d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid
        WHERE NOT EXISTS (SELECT 1 FROM pg_depend AS x WHERE x.classid = 'pg_type'::regclass AND x.objid = t.oid AND x.deptype = 'e')
    ) AS v(kind, nsp, name, description)
)
SELECT o.kind, coalesce(i.schema, o.nsp, ''), i.identity, to_json(array_remove(o.made, NULL)), format('DROP %s %s', o.kind, i.identity), d.description
FROM object AS o
CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) AS i
LEFT JOIN pg_description AS d ON d.classoid = o.classid AND d.objoid = o.objid AND d.objsubid = 0
WHERE NOT EXISTS (SELECT 1 FROM pg_depend AS x WHERE x.classid = o.classid AND x.objid = o.objid AND x.deptype IN ('e', 'i'))
UNION ALL
SELECT kind, nsp, name, to_json(ARRAY[made]), drop, NULL FROM setting
