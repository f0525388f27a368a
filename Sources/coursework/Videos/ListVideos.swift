import Reports
import VideoRecord

/// `videos list`: the one that began last first.
struct ListVideos: SetupVerb {
    static let actions: [String] = []

    private let setup: Setup
    private let state: VideoState?
    private let limit: Int
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
        limit = try LimitArgument.read(&arguments)
        state = try arguments.option("--state").map { name in
            guard let state = VideoState(rawValue: name) else {
                let names = VideoState.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(.usage, "--state must be one of \(names).")
            }
            return state
        }
    }

    func run() async throws {
        let reports = try await setup.withVideos { office in
            try await office.record.list(state, limit: limit).map { VideoReport($0, in: office.storage) }
        }
        if json { return Terminal.print(JSONText.of(reports)) }
        Terminal.print(reports.isEmpty ? "There is no such video." : VideoReport.table(reports))
    }
}
