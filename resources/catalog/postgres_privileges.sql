-- SPDX-FileCopyrightText: 2026 The Dewpoint authors
-- SPDX-License-Identifier: MIT
-- Who may do what, beside the owner. Letters: n schema, r relation (with its columns), S sequence, f routine, t type,
-- d defaults. What nobody has said anything about is as acldefault() says. The sequences of identity columns, which need
-- no rights, are left out. One right may have been granted by several.
WITH space AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), class AS (
    SELECT c.oid, c.relkind, n.nspname, c.relname, c.relowner, c.relacl FROM pg_class AS c JOIN space AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS i WHERE i.classid = 'pg_class'::regclass AND i.objid = c.oid AND c.relkind = 'S' AND i.deptype = 'i')
), object(kind, classid, objid, nsp, name, member, part, owner, acl) AS (
    SELECT 'n', 'pg_namespace'::regclass::oid, oid, '', nspname::text, '', '', nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM space
    UNION ALL
    SELECT CASE relkind WHEN 'S' THEN 'S' ELSE 'r' END, 'pg_class'::regclass, oid, nspname, relname, '', '', relowner,
           coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner)) FROM class
    UNION ALL
    SELECT 'r', 'pg_class'::regclass, c.oid, c.nspname, c.relname, '', a.attname::text, c.relowner, a.attacl
    FROM pg_attribute AS a JOIN class AS c ON c.oid = a.attrelid WHERE a.attnum > 0 AND a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT 'f', 'pg_proc'::regclass, p.oid, n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), '', p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
    FROM pg_proc AS p JOIN space AS n ON n.oid = p.pronamespace
    UNION ALL
    SELECT 't', 'pg_type'::regclass, t.oid, n.nspname, t.typname, '', '', t.typowner, coalesce(t.typacl, acldefault('T', t.typowner))
    FROM pg_type AS t JOIN space AS n ON n.oid = t.typnamespace LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    WHERE t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')
    UNION ALL
    SELECT 'd', 'pg_default_acl'::regclass, d.oid, coalesce(n.nspname, ''),
           CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
               WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END,
           pg_get_userbyid(d.defaclrole)::text, '', d.defaclrole, d.defaclacl
    FROM pg_default_acl AS d LEFT JOIN pg_namespace AS n ON n.oid = d.defaclnamespace
)
SELECT o.kind, o.nsp, o.name, o.member, o.part, CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee)::text END,
       a.privilege_type, bool_or(a.is_grantable), bool_or(a.grantor <> o.owner), pg_get_userbyid(o.owner)::text
FROM object AS o LEFT JOIN LATERAL aclexplode(o.acl) AS a ON a.grantee <> o.owner
WHERE NOT EXISTS (SELECT 1 FROM pg_depend AS x WHERE x.classid = o.classid AND x.objid = o.objid AND x.deptype = 'e')
GROUP BY 1, 2, 3, 4, 5, 6, 7, 10
ORDER BY 1, 2, 3, 4
