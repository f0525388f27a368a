import Metrics
import Testing

@Suite("Buckets of durations")
struct DurationBucketsTests {
    @Test func `go up, and a bound is in its own bucket`() {
        for buckets in [DurationBuckets.jobs, .roundTrips] {
            #expect(zip(buckets.microseconds, buckets.microseconds.dropFirst()).allSatisfy(<))
            for (index, bound) in buckets.microseconds.enumerated() {
                #expect(buckets.index(ofNanoseconds: UInt64(bound) * 1000) == index)
                #expect(buckets.index(ofNanoseconds: UInt64(bound) * 1000 + 1) == index + 1)
                #expect(buckets.index(ofBound: bound) == index)
            }
        }
        #expect(DurationBuckets.jobs.index(ofNanoseconds: .max) == DurationBuckets.jobs.count - 1)
    }

    @Test func `what another version counted promises no more than it knew`() {
        #expect(DurationBuckets.jobs.index(ofBound: 1_001) == 1)
        #expect(DurationBuckets.jobs.index(ofBound: .max) == DurationBuckets.jobs.count - 1)
    }
}
