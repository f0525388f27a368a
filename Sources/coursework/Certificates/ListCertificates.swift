import CertificateRecord
import Reports

/// `certificates list`: the newest first.
struct ListCertificates: SetupVerb {
    static let actions: [String] = []

    private let setup: Setup
    private let filter: CertificateFilter
    private let limit: Int
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
        limit = try LimitArgument.read(&arguments)
        var filter = CertificateFilter()
        filter.learner = try arguments.option("--learner")
        filter.course = try arguments.option("--course")
        filter.version = try CertificateArgument.version(&arguments)
        filter.state = try arguments.option("--state").map { name in
            guard let state = CertificateState(rawValue: name) else {
                let names = CertificateState.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(.usage, "--state must be one of \(names).")
            }
            return state
        }
        self.filter = filter
    }

    func run() async throws {
        let reports = try await setup.withCertificates { record, storage in
            try await record.list(filter, limit: limit).map { CertificateReport($0, in: storage) }
        }
        if json { return Terminal.print(JSONText.of(reports)) }
        Terminal.print(reports.isEmpty ? "There is no such certificate." : CertificateReport.table(reports))
    }
}
