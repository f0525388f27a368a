internal import FoundationEssentials
package import HTTPServer
internal import Metrics

/// What those who watch over an installation are told: `/metrics` and `/v1/scale`.
package struct TelemetryRoutes: Sendable {
    private let observatory: Observatory?
    private let role: Role

    /// - Parameter observatory: nil for the documentation alone.
    package init(_ observatory: Observatory?, role: Role = .operator) {
        self.observatory = observatory
        self.role = role
    }

    package var routes: [Route] {
        [
            Route(
                .get, "/metrics", role: role, "metrics for Prometheus",
                .awaiting { [observatory] request in try await Self.metrics(observatory, request) }),
            Route(
                .get, "/v1/scale", role: role, "workers of each pool, now and wanted",
                .awaiting { [observatory] _ in try await Self.scale(observatory) }),
        ]
    }

    private static func metrics(_ observatory: Observatory?, _ request: HTTPRequest) async throws -> HTTPResponse {
        guard let observatory else { return .problem(.notFound) }
        let exposition = Exposition(accept: request.fields["Accept"])
        let page = await observatory.look().page(observatory.watched)
        return HTTPResponse(.ok, exposition.mediaType, exposition.text(of: page))
    }

    /// No number is better than a wrong one: an autoscaler that gets none leaves everything as it is.
    private static func scale(_ observatory: Observatory?) async throws -> HTTPResponse {
        guard let observatory else { return .problem(.notFound) }
        let redis = await observatory.look().redis
        guard redis.isUp else {
            return .problem(.serviceUnavailable, "Redis does not answer, so nobody knows what waits.")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return .json(.ok, Array(try encoder.encode(ScaleReport(redis, observatory.watched))))
    }
}
