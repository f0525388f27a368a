internal import FoundationEssentials
internal import Glibc
internal import Jobs
internal import Platform

/// A real worker process, or another of ours, as an operator would start it, and what the kernel says of it.
struct WorkerProcess: Sendable {
    let child: ChildProcess

    static func start(
        on redisURL: String, _ environment: [String: String] = [:], workshop: Workshop, slots: Int = 20
    ) async throws -> WorkerProcess {
        try await start(
            ["work", "--diagnostics", "--queues", Workshop.queue.name, "--slots", String(slots)], on: redisURL,
            environment, workshop: workshop)
    }

    /// This very program with other words.
    static func start(
        _ words: [String], on redisURL: String, _ environment: [String: String] = [:], workshop: Workshop
    ) async throws -> WorkerProcess {
        var command = command(words, redisURL, environment, workshop)
        command.announcesReadiness = true
        let child = try await ChildProcess.start(command, on: workshop.loop)
        guard await child.isReady() else {
            throw BenchmarkFailure(description: "\(words[0]) did not start: see \(workshop.folder)/worker.log")
        }
        return WorkerProcess(child: child)
    }

    /// Runs this very program with other words to its end.
    static func run(_ words: [String], on redisURL: String, workshop: Workshop) async throws {
        let child = try await ChildProcess.start(command(words, redisURL, [:], workshop), on: workshop.loop)
        guard await child.exit() == .code(0) else {
            throw BenchmarkFailure(description: "\(words[0]) failed: see \(workshop.folder)/worker.log")
        }
    }

    private static func command(
        _ words: [String], _ redisURL: String, _ environment: [String: String], _ workshop: Workshop
    ) -> ChildProcess.Command {
        var command = ChildProcess.Command(
            "/proc/self/exe", words,
            environment: [
                "PATH": "/usr/bin:/bin", "REDIS_URL": redisURL, "COURSEWORK_LOG_LEVEL": "warning",
                "COURSEWORK_DATA": workshop.folder,
            ].merging(Readiness.environment) { $1 }.merging(environment) { $1 })
        command.outputFile = workshop.folder + "/worker.log"
        return command
    }

    func stop() async {
        child.send(signal: SIGTERM)
        _ = await child.exit()
    }

    /// Processor time of all its living threads so far, in seconds; the kernel counts it in nanoseconds.
    var processorSeconds: Double {
        var (clock, time) = (clockid_t(), timespec())
        guard clock_getcpuclockid(child.processID, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The largest resident set so far, in megabytes.
    var peakMegabytes: Double { megabytes("VmHWM:") }

    /// The resident set, in megabytes.
    var residentMegabytes: Double { megabytes("VmRSS:") }

    private func megabytes(_ name: String) -> Double {
        let line = read("status").split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
    }

    private func read(_ name: String) -> String {
        (try? String(contentsOfFile: "/proc/\(child.processID)/\(name)", encoding: .utf8)) ?? ""
    }
}
