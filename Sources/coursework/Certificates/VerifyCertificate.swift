import CertificateRecord
import Signing

/// `certificates verify`: whether a certificate is genuine, and valid.
struct VerifyCertificate: CertificatesVerb {
    private let setup: Setup
    private let name: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
        name = try arguments.word(orSay: "Name a certificate by its code or number, or a PDF file.")
    }

    func run() async throws {
        let report = try await setup.withCertificates { record, storage in
            CertificateReport(try await find(in: record), in: storage)
        }
        Terminal.print(json ? JSONText.of(report) : Terminal.printable(Self.sentence(report)))
        guard report.state == CertificateState.valid.rawValue else { throw CommandFailure(.failed, "It is not valid.") }
    }

    private func find(in record: CertificateRecord) async throws -> CertificateDescription {
        guard name.hasSuffix(".pdf") || name == "-" else { return try await CertificateArgument.find(name, in: record) }
        guard let found = try await record.find(sha256: SHA256.text(try InputFile.read(name))) else {
            throw CommandFailure(
                .failed, "The file was not issued here, or was changed since: no certificate has these very bytes.")
        }
        return found
    }

    private static func sentence(_ report: CertificateReport) -> String {
        let what =
            "\(report.number ?? report.code): \(report.name), \"\(report.title)\", \(report.issuer), \(report.date)"
        return switch report.state {
        case "valid": "\(what): valid" + (report.expires.map { " until \($0)." } ?? ".")
        case "expired": "\(what): expired on \(report.expires ?? "")."
        default: "\(what): \(report.state)" + (report.reason.map { ", \($0)" } ?? ".")
        }
    }
}
