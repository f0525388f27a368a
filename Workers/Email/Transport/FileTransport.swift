import Glibc
import Platform

/// Writes each mail to a file `queue.token.eml`: what happens while no server is set.
///
/// A file is complete or not there. The same job writes the same file, so running it again leaves one mail.
struct FileTransport: MailTransport {
    let name: String
    let isRemote = false
    private let folder: String
    private let executor = BlockingExecutor(label: "coursework.email.files", width: 2)

    /// - Parameter folder: made when the first mail is written.
    init(name: String = "files", folder: String) {
        self.name = name
        self.folder = folder
    }

    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery {
        let file = "\(mail.jobID.queue).\(mail.jobID.token).eml"
        try await withTaskExecutorPreference(executor) { () throws(TransportFailure) in
            do throws(SystemError) {
                try AtomicFile.makeFolder(folder)
                try AtomicFile.write(mail.bytes, to: folder, name: file)
            } catch {
                throw Self.failure(error)
            }
        }
        return Delivery(place: "\(folder)/\(file)", .delivered, for: mail)
    }

    func probe() async throws(TransportFailure) -> String {
        // Folders that are missing are made with the first mail.
        var existing = folder[...]
        while access(String(existing), F_OK) != 0, let slash = existing.lastIndex(of: "/"), slash > existing.startIndex
        {
            existing = existing[..<slash]
        }
        guard access(String(existing), W_OK) == 0 else { throw Self.failure(.last(String(existing))) }
        return "Mail is written to files in \(folder); nobody gets it."
    }

    private static func failure(_ error: SystemError) -> TransportFailure {
        let remedy = [ENOSPC, EDQUOT].contains(error.code) ? "; make room on that disk." : "."
        return .unavailable("The mail could not be written to \(error)\(remedy)")
    }
}
