// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// The real Atlas libraries on one command. Atlas' own program is not among the Go modules; its executor,
// its statement scanner, its locks and the library that makes and fills its table are.
//
//	atlas_runner apply DIR URL    what "atlas migrate apply" does, in transactions of one file each
//	atlas_runner pending DIR URL  the versions that would run
//	atlas_runner hash DIR         "atlas migrate hash"
//	atlas_runner validate DIR
//	atlas_runner new DIR NAME     "atlas migrate new"
//	atlas_runner split ENGINE FILE  the statements, as JSON
package main

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/postgres"
	aschema "ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlclient"
	"ariga.io/atlas/sql/sqlite"
	"entgo.io/ent/dialect"
	esql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/dialect/sql/sqlgraph"
	"entgo.io/ent/schema/field"
	_ "github.com/lib/pq"
	_ "github.com/mattn/go-sqlite3"
)

const tableName = "atlas_schema_revisions"

type column struct {
	name     string
	kind     field.Type
	nullable bool
	initial  any
	size     int64
}

var columns = []column{
	{name: "version", kind: field.TypeString},
	{name: "description", kind: field.TypeString},
	{name: "type", kind: field.TypeUint, initial: 2},
	{name: "applied", kind: field.TypeInt, initial: 0},
	{name: "total", kind: field.TypeInt, initial: 0},
	{name: "executed_at", kind: field.TypeTime},
	{name: "execution_time", kind: field.TypeInt64},
	{name: "error", kind: field.TypeString, nullable: true, size: 2147483647},
	{name: "error_stmt", kind: field.TypeString, nullable: true, size: 2147483647},
	{name: "hash", kind: field.TypeString},
	{name: "partial_hashes", kind: field.TypeJSON, nullable: true},
	{name: "operator_version", kind: field.TypeString},
}

// revisions is the table as the command line keeps it.
type revisions struct {
	client *sqlclient.Client
	schema string
}

func (r *revisions) Ident() *migrate.TableIdent {
	return &migrate.TableIdent{Name: tableName, Schema: r.schema}
}

func (r *revisions) driver() dialect.Driver {
	return esql.NewDriver(r.client.Name, esql.Conn{ExecQuerier: r.client.Driver})
}

func (r *revisions) create(ctx context.Context, url string) error {
	client := r.client
	if client.Name != dialect.SQLite {
		_, err := client.InspectSchema(ctx, r.schema, &aschema.InspectOptions{Mode: aschema.InspectSchemas})
		if err != nil && !aschema.IsNotExistError(err) {
			return err
		}
		if aschema.IsNotExistError(err) {
			change := &aschema.AddSchema{S: &aschema.Schema{Name: r.schema}}
			if err := client.ApplyChanges(ctx, []aschema.Change{change}); err != nil {
				return err
			}
		}
		if client.URL.Schema != r.schema {
			bound, err := sqlclient.OpenURL(ctx, client.URL.URL, sqlclient.OpenSchema(r.schema))
			if err != nil {
				return err
			}
			defer bound.Close()
			client = bound
		}
	} else {
		if _, err := client.ExecContext(ctx, "PRAGMA foreign_keys = on"); err != nil {
			return err
		}
	}
	table := &schema.Table{Name: tableName}
	for _, c := range columns {
		table.Columns = append(table.Columns, &schema.Column{
			Name: c.name, Type: c.kind, Nullable: c.nullable, Default: c.initial, Size: c.size})
	}
	table.PrimaryKey = table.Columns[:1]
	maker, err := schema.NewMigrate(esql.OpenDB(client.Name, client.DB), schema.WithDropColumn(true))
	if err != nil {
		return err
	}
	return maker.Create(ctx, table)
}

func (r *revisions) WriteRevision(ctx context.Context, v *migrate.Revision) error {
	spec := sqlgraph.NewCreateSpec(tableName, sqlgraph.NewFieldSpec("version", field.TypeString))
	if r.client.Name != dialect.SQLite {
		spec.Schema = r.schema
	}
	spec.ID.Value = v.Version
	values := []driver.Value{nil, v.Description, uint(v.Type), v.Applied, v.Total, v.ExecutedAt,
		v.ExecutionTime, v.Error, v.ErrorStmt, v.Hash, v.PartialHashes, v.OperatorVersion}
	for i, c := range columns[1:] {
		spec.SetField(c.name, c.kind, values[i+1])
	}
	spec.OnConflict = []esql.ConflictOption{esql.ConflictColumns("version"), esql.ResolveWithNewValues(),
		esql.ResolveWith(func(u *esql.UpdateSet) {
			for _, kept := range []string{"version", "description", "executed_at"} {
				u.SetIgnore(kept)
			}
		})}
	return sqlgraph.CreateNode(ctx, r.driver(), spec)
}

func (r *revisions) ReadRevisions(ctx context.Context) ([]*migrate.Revision, error) {
	name := tableName
	if r.client.Name != dialect.SQLite {
		name = r.schema + "." + tableName
	}
	rows, err := r.client.QueryContext(ctx, "SELECT version, description, type, applied, total, hash, partial_hashes,"+
		" error, error_stmt FROM "+name+" WHERE version <> '.atlas_cloud_identifier' ORDER BY version")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []*migrate.Revision
	for rows.Next() {
		v, hashes := &migrate.Revision{}, []byte(nil)
		if err := rows.Scan(&v.Version, &v.Description, &v.Type, &v.Applied, &v.Total, &v.Hash, &hashes,
			&v.Error, &v.ErrorStmt); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(hashes, &v.PartialHashes); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

func (r *revisions) ReadRevision(ctx context.Context, version string) (*migrate.Revision, error) {
	list, err := r.ReadRevisions(ctx)
	for _, v := range list {
		if v.Version == version {
			return v, nil
		}
	}
	if err == nil {
		err = migrate.ErrRevisionNotExist
	}
	return nil, err
}

func (r *revisions) DeleteRevision(context.Context, string) error {
	return errors.New("not needed here")
}

func isWithoutTransaction(f migrate.File) bool {
	local, ok := f.(*migrate.LocalFile)
	return ok && len(local.Directive("txmode")) == 1 && local.Directive("txmode")[0] == "none"
}

func execute(ctx context.Context, client *sqlclient.Client, dir migrate.Dir, schemaName string, f migrate.File) error {
	operator := migrate.WithOperatorVersion("Atlas CLI")
	if isWithoutTransaction(f) {
		ex, err := migrate.NewExecutor(client.Driver, dir, &revisions{client, schemaName}, operator)
		if err != nil {
			return err
		}
		return ex.Execute(ctx, f)
	}
	tx, err := client.Tx(ctx, nil)
	if err != nil {
		return err
	}
	ex, err := migrate.NewExecutor(tx.Driver, dir, &revisions{tx.Client, schemaName}, operator)
	if err != nil {
		return err
	}
	if err := ex.Execute(ctx, f); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func onDatabase(command string, dir migrate.Dir, url string) error {
	ctx := context.Background()
	client, err := sqlclient.Open(ctx, url)
	if err != nil {
		return err
	}
	defer client.Close()
	unlock, err := client.Driver.Lock(ctx, "atlas_migrate_execute", 10*time.Second)
	if err != nil {
		return err
	}
	defer unlock()
	schemaName := client.URL.Schema
	if schemaName == "" {
		schemaName = tableName
	}
	table := &revisions{client, schemaName}
	if err := table.create(ctx, url); err != nil {
		return err
	}
	ex, err := migrate.NewExecutor(client.Driver, dir, table)
	if err != nil {
		return err
	}
	pending, err := ex.Pending(ctx)
	if errors.Is(err, migrate.ErrNoPendingFiles) {
		err = nil
	}
	if err != nil {
		return err
	}
	for _, f := range pending {
		if command == "apply" {
			if err := execute(ctx, client, dir, schemaName, f); err != nil {
				return err
			}
		}
		fmt.Println(f.Version())
	}
	return nil
}

func split(engine string, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var scanner migrate.StmtScanner = &postgres.Driver{}
	if engine == "sqlite" {
		scanner = &sqlite.Driver{}
	}
	statements, err := scanner.ScanStmts(string(text))
	if err != nil {
		return err
	}
	texts := []string{}
	for _, one := range statements {
		texts = append(texts, one.Text)
	}
	return json.NewEncoder(os.Stdout).Encode(texts)
}

func run(words []string) error {
	if len(words) == 3 && words[0] == "split" {
		return split(words[1], words[2])
	}
	if len(words) < 2 {
		return errors.New("usage: " + strings.Join(words, " "))
	}
	dir, err := migrate.NewLocalDir(words[1])
	if err != nil {
		return err
	}
	switch words[0] {
	case "validate":
		return migrate.Validate(dir)
	case "hash":
		sum, err := dir.Checksum()
		if err != nil {
			return err
		}
		return migrate.WriteSumFile(dir, sum)
	case "new":
		return migrate.NewPlanner(nil, dir).WritePlan(&migrate.Plan{Name: words[2]})
	default:
		return onDatabase(words[0], dir, words[2])
	}
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Println("refused: " + err.Error())
		os.Exit(1)
	}
}
