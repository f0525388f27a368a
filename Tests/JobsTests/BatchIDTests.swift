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

    @Test func `a job opens the same batches whenever it runs, and no other job's`() throws {
        let jobs = try ["q:1-0", "q:2-0", "r:1-0", "q:\(String(repeating: "x", count: 64))"].map {
            try #require(JobID($0))
        }
        let ids = jobs.flatMap { job in (1...3).flatMap { [BatchID(of: job, $0), BatchID(of: job, $0, in: "media")] } }
        #expect(Set(ids).count == ids.count)
        #expect(BatchID(of: jobs[0]).description == "q:1-0-1" && BatchID(of: jobs[0], 2).description == "q:1-0-2")
        #expect(BatchID(of: jobs[0], in: "media").description == "media:q-1-0-1")
    }

    @Test(arguments: ["", "7", "{}", #"{"batch":"x","event":"complete"}"#, #"{"batch":"q:x","event":"never"}"#])
    func `what Redis did not write is no summary`(json: String) {
        #expect(throws: (any Error).self) { try BatchSummary(json: json.utf8) }
    }
}
