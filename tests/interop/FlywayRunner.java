// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** The real Flyway on one command: COMMAND flyway.url=… flyway.locations=… (any of its own settings). */
public final class FlywayRunner {
    public static void main(String[] arguments) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 1; i < arguments.length; ++i) {
            int equals = arguments[i].indexOf('=');
            settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        Flyway flyway = Flyway.configure().configuration(settings).load();
        try {
            switch (arguments[0]) {
                case "migrate" -> System.out.println("migrated " + flyway.migrate().migrationsExecuted);
                case "validate" -> flyway.validate();
                case "baseline" -> flyway.baseline();
                case "repair" -> flyway.repair();
                case "info" -> {
                    for (MigrationInfo info : flyway.info().all())
                        System.out.println(info.getState() + "|" + info.getVersion() + "|" + info.getDescription());
                }
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (RuntimeException problem) {
            System.out.println("refused: " + problem.getMessage());
            System.exit(1);
        }
    }
}
