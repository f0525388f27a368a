import JobCatalog
import Jobs
import Platform
import Schedules

extension Setup {
    /// Lends a command what it asks and changes things by, on an event loop of its own.
    /// - Parameters:
    ///   - name: the command's, by which Redis lists the connection.
    ///   - functions: whether it calls the Redis functions: then they are there when it begins.
    func withControl<Value>(
        _ name: String, functions: Bool = true, _ body: (any Control, EventLoop) async throws -> Value
    ) async throws -> Value {
        guard let server else {
            return try await withRedis(name, functions: functions) { client, loop in
                try await body(DirectControl(setup: self, client: client, loop: loop), loop)
            }
        }
        let loop = try EventLoop()
        return try await body(RemoteControl(server, loop: loop), loop)
    }

    /// A schedule of the configuration.
    func schedule(named name: String) throws -> Schedule {
        guard let schedule = configuration.schedules[name] else {
            throw CommandFailure.noSchedule(name, known: configuration.schedules.keys.sorted())
        }
        return schedule
    }

    func types(diagnostics: Bool) throws -> [TypeReport] {
        try registry(diagnostics: diagnostics, logger: .silent).descriptions.map { TypeReport($0) }
    }

    func type(_ type: JobType) throws -> TypeReport {
        guard let job = try registry(diagnostics: true, logger: .silent)[type] else {
            throw CommandFailure(.usage, "This program has no job type '\(type)'. See coursework types.")
        }
        return TypeReport(JobDescription(job))
    }
}
