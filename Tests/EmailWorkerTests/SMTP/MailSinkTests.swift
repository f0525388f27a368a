import Foundation
import Jobs
import Testing

@testable import EmailWorker

/// Against Debian's smtp-sink, which takes commands together and keeps each mail in a file.
@Suite(.timeLimit(.minutes(1)))
struct MailSinkTests {
    @Test(arguments: [1, 4, 16])
    func `each of many mails arrives once and whole`(connections: Int) async throws {
        try await MailSink.with { sink in
            let transport = SMTPTransport.test(port: sink.port, connections: connections)
            let mails = try (1...200).map { number in
                try OutgoingMail.test(text: "Mail \(number)\n.\n..dots\n", token: "\(number)-0")
            }
            try await withThrowingTaskGroup { group in
                for mail in mails { group.addTask { try await transport.send(mail).outcomes } }
                for try await outcomes in group { #expect(outcomes == [.delivered]) }
            }
            let sent = mails.map { String(decoding: $0.bytes, as: UTF8.self) }.sorted()
            // It answers before it has closed the file.
            while try sink.mails().sorted() != sent { try await Task.sleep(for: .milliseconds(20)) }
        }
    }
}
