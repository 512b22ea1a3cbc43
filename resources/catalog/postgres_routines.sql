-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Functions, procedures, aggregates; those of extensions and of range types are left out.
SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), p.prokind,
       CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) ELSE
           format(E'CREATE AGGREGATE %I.%I(%s) (\n    %s\n)', n.nspname, p.proname,
                  CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid) END,
                  concat_ws(E',\n    ',
                      'SFUNC = ' || a.aggtransfn::regproc, 'STYPE = ' || format_type(a.aggtranstype, NULL),
                      CASE WHEN a.aggtransspace <> 0 THEN 'SSPACE = ' || a.aggtransspace END,
                      CASE WHEN a.aggfinalfn <> 0 THEN 'FINALFUNC = ' || a.aggfinalfn::regproc END,
                      CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
                      CASE WHEN a.aggfinalfn <> 0 THEN 'FINALFUNC_MODIFY = '
                          || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
                      CASE WHEN a.aggcombinefn <> 0 THEN 'COMBINEFUNC = ' || a.aggcombinefn::regproc END,
                      CASE WHEN a.aggserialfn <> 0 THEN 'SERIALFUNC = ' || a.aggserialfn::regproc END,
                      CASE WHEN a.aggdeserialfn <> 0 THEN 'DESERIALFUNC = ' || a.aggdeserialfn::regproc END,
                      'INITCOND = ' || quote_literal(a.agginitval),
                      CASE WHEN a.aggmtransfn <> 0 THEN 'MSFUNC = ' || a.aggmtransfn::regproc END,
                      CASE WHEN a.aggminvtransfn <> 0 THEN 'MINVFUNC = ' || a.aggminvtransfn::regproc END,
                      CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(a.aggmtranstype, NULL) END,
                      CASE WHEN a.aggmtransspace <> 0 THEN 'MSSPACE = ' || a.aggmtransspace END,
                      CASE WHEN a.aggmfinalfn <> 0 THEN 'MFINALFUNC = ' || a.aggmfinalfn::regproc END,
                      CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
                      CASE WHEN a.aggmfinalfn <> 0 THEN 'MFINALFUNC_MODIFY = '
                          || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
                      'MINITCOND = ' || quote_literal(a.aggminitval),
                      CASE WHEN a.aggsortop <> 0 THEN format('SORTOP = OPERATOR(%I.%s)', sn.nspname, so.oprname) END,
                      CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
                      CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END))
       END, d.description
FROM pg_proc AS p
LEFT JOIN pg_aggregate AS a ON a.aggfnoid = p.oid
LEFT JOIN pg_operator AS so ON so.oid = a.aggsortop
LEFT JOIN pg_namespace AS sn ON sn.oid = so.oprnamespace
JOIN pg_namespace AS n ON n.oid = p.pronamespace
LEFT JOIN pg_description AS d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_depend AS x WHERE x.classid = 'pg_proc'::regclass AND x.objid = p.oid AND x.deptype IN ('e', 'i'))
