import Glibc
import Jobs
import Platform

/// A file below the data folder to which every worker of a machine adds a line for each beginning and end of a job.
///
/// One line is one write to the file's end, so lines never mix, and what was written stays when the worker is killed:
///
///     began KEY JOB-ID ATTEMPT PROCESS NANOSECONDS
///
/// The time is the machine's monotonic clock, which is the same in all its processes.
struct ExecutionJournal: Sendable {
    enum Event: String, Sendable {
        case began, ended, cancelled
    }

    private let folder: String
    private var path: String { folder + "/journal" }

    init(dataFolder: String) { folder = dataFolder }

    func note(_ event: Event, _ key: String, _ context: JobContext) throws {
        let line =
            "\(event) \(key) \(context.id) \(context.attempt) \(getpid()) \(MonotonicTime.now.nanoseconds)\n"
        mkdir(folder, 0o755)
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw SystemError.last("opening \(path)") }
        defer { close(file) }
        guard line.withCString({ write(file, $0, strlen($0)) }) == line.utf8.count else {
            throw SystemError.last("writing \(path)")
        }
    }
}
