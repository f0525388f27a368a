internal import Logging
internal import Platform

/// What the access log says of an exchange: nothing that a client could choose, but its method and its request's id.
struct ExchangeAccount: Sendable {
    var id = ""
    var method: HTTPMethod?
    /// Not the path: that may hold the code of a certificate, or whatever a stranger wrote.
    var route: RoutePattern?
    var status: HTTPStatus?
    var bytes = 0

    func fields(client: String, took: Duration) -> [LogField] {
        let (seconds, attoseconds) = took.components
        var fields: [LogField] = [
            ("client", .string(client)), ("method", .string(method?.rawValue ?? "?")),
            ("route", .string(route?.description ?? "none")),
        ]
        if !id.isEmpty { fields.append(("request_id", .string(id))) }
        if let status { fields.append(("status", .integer(status.code))) }
        return fields + [
            ("bytes", .integer(bytes)), ("ms", .number(Double(seconds) * 1000 + Double(attoseconds) / 1e15)),
        ]
    }
}
