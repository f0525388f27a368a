import CertificateRecord
import CertificateSigning
import CertificateWorker
import Reports
import Signing

/// `certificates verify`: whether a certificate is genuine, and valid.
struct VerifyCertificate: SetupVerb {
    static let actions: [String] = []

    private let setup: Setup
    private let name: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
        name = try arguments.word(orSay: "Name a certificate by its code or number, or a PDF file.")
    }

    func run() async throws {
        let file = name.hasSuffix(".pdf") || name == "-" ? try InputFile.read(name) : nil
        let signature = try file.flatMap(signature)
        let report = try await setup.withCertificates { record, storage in
            CertificateReport(try await find(file, in: record), in: storage, signature: signature)
        }
        Terminal.print(json ? JSONText.of(report) : Terminal.printable(Self.sentence(report)))
        guard report.state == CertificateState.valid.rawValue else { throw CommandFailure(.failed, "It is not valid.") }
    }

    private func find(_ file: [UInt8]?, in record: CertificateRecord) async throws -> CertificateDescription {
        guard let file else { return try await CertificateArgument.find(name, in: record) }
        guard let found = try await record.find(sha256: SHA256.text(file)) else {
            throw CommandFailure(
                .failed, "The file was not issued here, or was changed since: no certificate has these very bytes.")
        }
        return found
    }

    /// Nil for a file that nobody signed.
    private func signature(of file: [UInt8]) throws -> CertificateReport.Signature? {
        let settings = try setup.configuration.settings(for: CertificateDomain.name, as: CertificateSettings.self)
        let trusted = try? CertificateSeal(settings, setup.surroundings(logger: .silent))?.trusted()
        do throws(InvalidSignature) {
            return CertificateReport.Signature(try SignedDocument(file, trusted: trusted ?? []))
        } catch .absent {
            return nil
        } catch {
            throw CommandFailure(.failed, error.description)
        }
    }

    private static func sentence(_ report: CertificateReport) -> String {
        let what =
            "\(report.number ?? report.code): \(report.name), \"\(report.title)\", \(report.issuer), \(report.date)"
        let signed =
            report.signature.map { signature in
                " Signed by \(signature.signer)\(signature.trusted ? "" : ", whose certificate is not the one that signs here now")."
            } ?? ""
        return switch report.state {
        case "valid": "\(what): valid" + (report.expires.map { " until \($0)." } ?? ".") + signed
        case "expired": "\(what): expired on \(report.expires ?? "")."
        default: "\(what): \(report.state)" + (report.reason.map { ", \($0)" } ?? ".")
        }
    }
}
