import JobQueue
import Jobs
import Testing

@testable import WorkerRuntime

@Suite("What a worker counts")
struct JobTallyTests {
    @Test func `each queue and type has one place, and all strange types share one`() {
        var tally = JobTally(queues: ["a", "b"])
        let places = [
            tally.series(of: "x.y", in: 0), tally.series(of: "x.z", in: 0), tally.series(of: "x.y", in: 1),
            tally.series(of: nil, in: 0),
        ]
        #expect(Set(places).count == 4)
        #expect(tally.series(of: "x.y", in: 1) == places[2] && tally.series(of: nil, in: 0) == places[3])
    }

    @Test func `what was taken is told once, and what comes back is told again`() {
        var tally = JobTally(queues: ["a"])
        tally.count(roundTrip: .microseconds(300))
        let taken = tally.take()
        #expect(
            Set(taken.map { "\($0.key) \($0.field) \($0.by)" }) == [
                "cw:metrics redis 500 1", "cw:metrics redis sum 300",
            ])
        #expect(tally.take().isEmpty)
        tally.putBack(taken)
        tally.putBack([CounterIncrement("cw:metrics", "redis 500", by: 2)])
        let again = tally.take()
        #expect(again.count == 2 && again.first { $0.field == "redis 500" }?.by == 3)
    }
}
