import HTTPServer
import Platform

/// What tells those who look after a server how it is: `/livez` and `/readyz`.
struct HealthRoutes {
    private let readiness: ServerReadiness

    init(checks: [DutyCheck]) { readiness = ServerReadiness(checks) }

    var routes: [Route] {
        [
            Route(
                .get, "/livez", role: .public, "whether the process runs",
                .immediate { _ in .json(.ok, Array(#"{"status":"live"}"#.utf8)) }),
            Route(
                .get, "/readyz", role: .public, "whether it can do its duty, else what it lacks",
                .awaiting { [readiness] _ in Self.response(missing: await readiness.missing()) }),
        ]
    }

    private static func response(missing: [String]) -> HTTPResponse {
        guard !missing.isEmpty else { return .json(.ok, Array(#"{"status":"ready"}"#.utf8)) }
        let names = missing.map { "\"\($0)\"" }.joined(separator: ",")
        return .json(.serviceUnavailable, Array(#"{"status":"unavailable","missing":[\#(names)]}"#.utf8))
    }
}
