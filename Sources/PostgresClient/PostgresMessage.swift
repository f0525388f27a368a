internal import CPostgres

/// Makes one sentence of what libpq says in several lines.
enum PostgresMessage {
    static func error(in result: OpaquePointer) -> PostgresError {
        let state = field(cw_pg_sqlstate, of: result).map { SQLState(rawValue: $0) }
        guard let primary = field(cw_pg_primary, of: result) else {
            return PostgresError(.server, line(PQresultErrorMessage(result)), state: state)
        }
        return PostgresError(.server, "PostgreSQL: \(primary)\(state.map { " (\($0))" } ?? "").", state: state)
    }

    private static func field(_ code: Int32, of result: OpaquePointer) -> String? {
        PQresultErrorField(result, code).map { String(cString: $0) }
    }

    /// The first line without a full stop.
    static func line(_ text: UnsafePointer<CChar>?) -> String {
        let line = text.map { String(cString: $0) }?.split(whereSeparator: \.isNewline).first ?? "no reason was given"
        return String(line.hasSuffix(".") ? line.dropLast() : line)
    }

    /// Takes the SQLSTATE out of libpq's verbose `… failed: FATAL:  28P01: password authentication failed …`.
    static func connectionFailure(_ text: UnsafePointer<CChar>?) -> (state: SQLState?, reason: String) {
        // The attempts at several addresses have a line each; the last one counts.
        let lines = (text.map { String(cString: $0) } ?? "").split(whereSeparator: \.isNewline)
        guard let line = lines.last(where: { $0.contains("failed: ") }) ?? lines.first else {
            return (nil, "it is silent")
        }
        let reason = line.firstRange(of: "failed: ").map { line[$0.upperBound...] } ?? line
        let words = reason.split(separator: ":", maxSplits: 2).map { $0.drop { $0 == " " } }
        guard words.count == 3, words[1].utf8.count == 5,
            words[1].allSatisfy({ $0.isASCII && $0.isLetter || $0.isNumber })
        else { return (nil, String(reason)) }
        return (SQLState(rawValue: String(words[1])), String(words[2]))
    }
}
