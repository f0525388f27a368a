import Glibc
import Platform

/// Writes each mail to a file `queue.token.eml`: what happens while no server is set.
///
/// A file is complete or not there. The same job writes the same file, so running it again leaves one mail.
struct FileTransport: MailTransport {
    private let folder: String
    private let executor = BlockingExecutor(label: "coursework.email.files", width: 2)

    /// - Parameter folder: made when the first mail is written.
    init(folder: String) { self.folder = folder }

    var dependency: String? { nil }

    @discardableResult
    func send(_ mail: OutgoingMail) async throws(MailFailure) -> String {
        let name = "\(mail.jobID.queue).\(mail.jobID.token).eml"
        try await withTaskExecutorPreference(executor) { () throws(MailFailure) in
            do throws(SystemError) {
                try AtomicFile.makeFolder(folder)
                try AtomicFile.write(mail.bytes, to: folder, name: name)
            } catch {
                throw Self.failure(error)
            }
        }
        return "\(folder)/\(name)"
    }

    private static func failure(_ error: SystemError) -> MailFailure {
        let remedy = [ENOSPC, EDQUOT].contains(error.code) ? "; make room on that disk." : "."
        return .temporary("The mail could not be written to \(error)\(remedy)")
    }
}
