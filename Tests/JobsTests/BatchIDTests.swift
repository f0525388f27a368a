import Jobs
import Testing

@Suite("Batches as they are written")
struct BatchIDTests {
    @Test(arguments: ["emails:summer", "q:0-1_A"])
    func `an id is read as it is written`(text: String) {
        #expect(BatchID(text)?.description == text)
    }

    @Test(arguments: [
        "", "emails", "emails:", ":x", "E:x", "emails:a b", "emails:\(String(repeating: "x", count: 65))",
    ])
    func `what is no id is none`(text: String) {
        #expect(BatchID(text) == nil)
    }

    @Test func `two batches are never the same`() {
        let ids = (0..<1000).map { _ in JobBatch(queue: "emails").id }
        #expect(Set(ids).count == 1000)
    }

    @Test(arguments: ["", "7", "{}", #"{"batch":"x","event":"complete"}"#, #"{"batch":"q:x","event":"never"}"#])
    func `what Redis did not write is no summary`(json: String) {
        #expect(throws: (any Error).self) { try BatchSummary(json: json.utf8) }
    }
}
