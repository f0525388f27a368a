internal import Audit
package import HTTPServer
internal import JobQueue
internal import Jobs
internal import RedisClient
internal import Reports
package import Schedules

/// `/v1/schedules`: what is enqueued by the clock.
package struct ScheduleRoutes: Sendable {
    private struct Switched: Encodable {
        let schedule: String
        let paused: Bool
        /// False where it was so already.
        let changed: Bool
    }

    private let desk: JobDesk
    private let schedules: [String: Schedule]

    package init(_ desk: JobDesk, _ schedules: [String: Schedule]) { (self.desk, self.schedules) = (desk, schedules) }

    package var routes: [Route] {
        [
            Route(.get, "/v1/schedules", role: .operator, "what is enqueued by the clock", .refusable(list)),
            Route(
                .post, "/v1/schedules/{name}/run", role: .operator, bodyBytes: Route.formBytes,
                "enqueue its job now, beside its plan",
                .refusable(run)),
            Route(
                .post, "/v1/schedules/{name}/pause", role: .operator, bodyBytes: Route.formBytes,
                "enqueue nothing until it is resumed",
                .refusable { try await change($0, toPaused: true) }),
            Route(
                .post, "/v1/schedules/{name}/resume", role: .operator, bodyBytes: Route.formBytes,
                "go on with the next fire time",
                .refusable { try await change($0, toPaused: false) }),
        ]
    }

    private func list(_: HTTPRequest) async throws -> HTTPResponse {
        .json(try await ScheduleOverview(schedules: Array(schedules.values), client: desk.redis).rows())
    }

    private func run(_ request: HTTPRequest) async throws -> HTTPResponse {
        let schedule = try schedule(request)
        let job = NewJob(schedule.type, queue: schedule.queue, args: schedule.args)
        let id = try await desk.audit.record(
            "schedule.run", .schedule(schedule.name, in: schedule.queue.name), by: request
        ) {
            try await desk.queue(schedule.queue).enqueue(job)
        }
        return EnqueueReport(.enqueued(id)).response
    }

    private func change(_ request: HTTPRequest, toPaused isPaused: Bool) async throws -> HTTPResponse {
        let schedule = try schedule(request)
        let jobs = desk.queue(schedule.queue)
        let action = isPaused ? "schedule.pause" : "schedule.resume"
        let isChanged = try await desk.audit.record(
            action, .schedule(schedule.name, in: schedule.queue.name), by: request
        ) {
            isPaused ? try await jobs.pause(schedule: schedule.name) : try await jobs.resume(schedule: schedule.name)
        }
        return .json(Switched(schedule: schedule.name, paused: isPaused, changed: isChanged))
    }

    private func schedule(_ request: HTTPRequest) throws(Refusal) -> Schedule {
        guard let schedule = schedules[request.parameters["name"]] else {
            throw .unknown("There is no such schedule; GET /v1/schedules lists them.")
        }
        return schedule
    }
}
