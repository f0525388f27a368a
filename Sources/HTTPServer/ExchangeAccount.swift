internal import Logging
internal import Platform

/// What the access log says of an exchange: nothing that a client could choose, but its method and its request's id.
struct ExchangeAccount: Sendable {
    var id = ""
    var method: HTTPMethod?
    /// Not the path: that may hold the code of a certificate, or whatever a stranger wrote.
    var route: RoutePattern?
    /// Nil for who was not let in.
    var principal: Principal?
    var status: HTTPStatus?
    var bytes = 0

    func fields(client: String, took: Duration) -> [LogField] {
        let (seconds, attoseconds) = took.components
        var fields: [LogField] = [
            ("client", .string(client)), ("method", .string(method?.rawValue ?? "?")),
            ("route", .string(route?.description ?? "none")),
        ]
        if !id.isEmpty { fields.append(("request_id", .string(id))) }
        // The subject of a token may be a person.
        if let principal, principal.kind == .key { fields.append(("key", .string(principal.id))) }
        if let status { fields.append(("status", .integer(status.code))) }
        return fields + [
            ("bytes", .integer(bytes)), ("ms", .number(Double(seconds) * 1000 + Double(attoseconds) / 1e15)),
        ]
    }
}
