import CertificateRecord
import Reports
import Storage

/// `certificates erase`: takes a learner out.
struct EraseCertificates: SetupVerb {
    static let actions = ["certificate.erase"]

    private let setup: Setup
    private let learner: String
    private let json: Bool
    private let confirmation: Confirmation

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        confirmation = Confirmation(&arguments)
        json = arguments.flag("--json")
        learner = try arguments.word(orSay: "Name the learner as the certificates do.")
    }

    func confirm() throws {
        try confirmation.ask(
            "\(Terminal.line(learner)) would be taken out of all certificates, and their files deleted, for good.")
    }

    func run() async throws {
        let erasure = try await setup.withCertificates { record, storage in
            let erasure = try await record.erase(learner, actor: Person.name)
            setup.note.count("certificates", erasure.certificates)
            try await CertificateFiles(record, storage).delete(erasure.files)
            setup.note.count("files", erasure.files.count)
            return erasure
        }
        if json {
            return Terminal.print(
                JSONText.of(["certificates": erasure.certificates, "files": erasure.files.count]))
        }
        Terminal.print(
            "Erased the learner from \(erasure.certificates) certificates, and \(erasure.files.count) files.")
    }
}
