internal import Logging
internal import Platform
internal import Tracing

/// What the access log says of an exchange: nothing that a client could choose, but its method and the ids of its request and
/// its trace.
struct ExchangeAccount: Sendable {
    var id = ""
    var method: HTTPMethod?
    /// Of the client, or the one that begins here; nil where there is none.
    var traceID: TraceID?
    /// Not the path: that may hold the code of a certificate, or whatever a stranger wrote.
    var route: RoutePattern?
    /// Nil for who was not let in.
    var principal: Principal?
    var status: HTTPStatus?
    var bytes = 0

    /// What every line says that is logged while it is answered.
    var subject: [LogField] {
        var fields: [LogField] = []
        appendSubject(to: &fields)
        return fields
    }

    private func appendSubject(to fields: inout [LogField]) {
        guard !id.isEmpty else { return }
        fields.append(("request_id", .string(id)))
        if let traceID { fields.append(("trace_id", .verbatim(traceID.description))) }
    }

    func fields(client: String, took: Duration) -> [LogField] {
        let (seconds, attoseconds) = took.components
        var fields: [LogField] = []
        fields.reserveCapacity(10)
        fields.append(("client", .string(client)))
        fields.append(("method", .string(method?.rawValue ?? "?")))
        fields.append(("route", .string(route?.description ?? "none")))
        appendSubject(to: &fields)
        // The subject of a token may be a person.
        if let principal, principal.kind == .key { fields.append(("key", .string(principal.id))) }
        if let status { fields.append(("status", .integer(status.code))) }
        fields.append(("bytes", .integer(bytes)))
        fields.append(("ms", .number(Double(seconds) * 1000 + Double(attoseconds) / 1e15)))
        return fields
    }
}
