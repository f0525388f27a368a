import DeliveryReports
import Testing

@Suite("Files of messages")
struct MboxTests {
    private func messages(_ text: String) -> [String] {
        Mbox.messages(in: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `an mbox is split at its separators, which follow an empty line`() {
        let text = "From a Mon\nSubject: 1\n\nFirst\nFrom here on\n\nFrom b Tue\nSubject: 2\n\nSecond\n"
        #expect(messages(text) == ["Subject: 1\n\nFirst\nFrom here on\n\n", "Subject: 2\n\nSecond\n"])
    }

    @Test func `a file without a separator is one message`() {
        #expect(messages("Subject: 1\n\nFrom x\n") == ["Subject: 1\n\nFrom x\n"])
        #expect(messages("") == [])
    }
}
