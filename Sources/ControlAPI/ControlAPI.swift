package import HTTPServer
package import Logging
package import Schedules

/// The HTTP API: what a web tier enqueues by, and what the shell can do, over the wire.
package struct ControlAPI: Sendable {
    package let routes: [Route]
    private let jobs: JobRoutes
    private let drivers: ReplayDrivers
    let hub: EventHub

    /// - Parameter eraser: nil where there is nobody to erase.
    package init(_ desk: JobDesk, schedules: [String: Schedule], logger: Logger, eraser: (any Eraser)? = nil) {
        jobs = JobRoutes(desk)
        drivers = ReplayDrivers(logger: logger)
        hub = EventHub(desk)
        routes =
            jobs.routes + QueueRoutes(desk).routes + BatchRoutes(desk).routes
            + ScheduleRoutes(desk, schedules).routes + StreamRoutes(desk, hub).routes + LetterFileRoutes(desk).routes
            + LetterRoutes(desk, drivers).routes + ErasureRoutes(desk, eraser).routes
            + AuditRoutes(desk).routes + [Self.description]
    }

    /// Of all of it, for programs and for those who write them (OpenAPI 3.1).
    private static let description = Route(
        .get, "/v1/openapi.json", role: .producer, "what this API takes and gives, as OpenAPI 3.1",
        .immediate { _ in .json(.ok, PackageResources.openapi_json) })

    /// What it still does by itself ends soon.
    package func stop() {
        drivers.stop()
        hub.stop()
        jobs.close()
    }
}
