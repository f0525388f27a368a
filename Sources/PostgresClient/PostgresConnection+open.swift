internal import CPostgres
internal import Glibc
internal import Platform

extension PostgresConnection {
    private static let oldestVersion: Int32 = 14

    /// Connects and signs in.
    /// - Parameter name: what `pg_stat_activity` shows.
    static func open(
        _ configuration: PostgresConfiguration, name: String, _ patience: Patience
    ) throws -> PostgresConnection {
        let parameters = configuration.parameters(name: name)
        var (keywords, values) = (parameters.map { strdup($0.key) }, parameters.map { strdup($0.value) })
        defer { for text in keywords + values { free(text) } }
        keywords.append(nil)
        values.append(nil)
        guard let handle = startConnecting(keywords, values) else {
            throw PostgresError(.unavailable, "Out of memory.")
        }
        do {
            try finishConnecting(handle, configuration, patience)
        } catch {
            PQfinish(handle)
            throw error
        }
        let connection = PostgresConnection(owning: handle, configuration)
        try connection.script(configuration.sessionSettings, patience)
        return connection
    }

    private static func startConnecting(
        _ keywords: [UnsafeMutablePointer<CChar>?], _ values: [UnsafeMutablePointer<CChar>?]
    ) -> OpaquePointer? {
        let (keywords, values) = (keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) })
        return PQconnectStartParams(keywords, values, 0)
    }

    private static func finishConnecting(
        _ handle: OpaquePointer, _ configuration: PostgresConfiguration, _ patience: Patience
    ) throws {
        cw_pg_silence(handle)
        // The only way to learn the SQLSTATE of a failed sign-in.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        let deadline = min(patience.deadline, .now + configuration.connectTimeout)
        var state = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while state != PGRES_POLLING_OK {
            guard state != PGRES_POLLING_FAILED else { throw configuration.connectionFailure(handle) }
            let events: Events = state == PGRES_POLLING_READING ? .readable : .writable
            switch patience.interruption.wait(for: PQsocket(handle), events, until: deadline) {
            case .ready: state = PQconnectPoll(handle)
            case .timedOut: throw configuration.unreachable("it does not answer")
            case .interrupted: throw CancellationError()
            }
        }
        PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
        PQsetnonblocking(handle, 1)
        let version = PQserverVersion(handle) / 10_000
        guard version >= oldestVersion else {
            throw PostgresError(
                .refused, "PostgreSQL at \(configuration) is version \(version); \(oldestVersion) or newer is needed.")
        }
    }
}

extension PostgresConfiguration {
    fileprivate func parameters(name: String) -> [(key: String, value: String)] {
        var parameters = ["client_encoding": "UTF8", "application_name": name, "gssencmode": "disable"]
        parameters["host"] = host
        parameters["port"] = port
        parameters["dbname"] = database
        parameters["user"] = user
        parameters["password"] = password?.value
        return parameters.merging(options) { $1 }.sorted { $0.key < $1.key }
    }

    /// The check interval ends a statement whose caller has gone, because he was cancelled or waited long enough.
    fileprivate var sessionSettings: String {
        """
        SET statement_timeout = \(statementTimeout.wholeMilliseconds); \
        SET idle_in_transaction_session_timeout = \(idleTransactionTimeout.wholeMilliseconds); \
        SET client_connection_check_interval = '1s'; \
        SET bytea_output = hex
        """
    }

    func unreachable(_ why: String) -> PostgresError {
        PostgresError(.unavailable, "PostgreSQL at \(self) cannot be reached: \(why).")
    }

    fileprivate func connectionFailure(_ handle: OpaquePointer) -> PostgresError {
        let (state, reason) = PostgresMessage.connectionFailure(PQerrorMessage(handle))
        let user = PQuser(handle).map { String(cString: $0) } ?? ""
        let database = PQdb(handle).map { String(cString: $0) } ?? ""
        switch state {
        case nil where PQconnectionNeedsPassword(handle) == 1:
            return refused(state, "wants a password for the user '\(user)'; put it into DATABASE_URL")
        case .invalidPassword?, .notAuthorized?:
            return refused(state, "refused the user '\(user)'; check the user and the password in DATABASE_URL")
        case .unknownDatabase?:
            return refused(state, "has no database '\(database)'; create it, or change DATABASE_URL")
        default:
            return PostgresError(.unavailable, unreachable(reason).message, state: state)
        }
    }

    private func refused(_ state: SQLState?, _ what: String) -> PostgresError {
        PostgresError(.refused, "PostgreSQL at \(self) \(what).", state: state)
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 { Int64(self / .milliseconds(1)) }
}
