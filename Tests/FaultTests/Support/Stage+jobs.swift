import JobQueue
import Jobs
import Platform
import RedisClient

/// Producers: what they are told goes into the journal.
extension Stage {
    /// Stores so many journal jobs, each as long as it is told.
    func enqueue(
        _ count: Int, named prefix: String = "k", more: String = "", milliseconds: (Int) -> Double
    ) async {
        let jobs = (0..<count).map { job("\(prefix)\($0)", milliseconds: milliseconds($0), more: more) }
        let answers = await JobQueue(.default, client: redis).enqueue(contentsOf: jobs)
        for (index, answer) in answers.enumerated() { journal.note("\(prefix)\(index)", Self.reading(answer)) }
    }

    func job(_ key: String, milliseconds: Double, more: String = "") -> NewJob {
        NewJob(
            "diagnostics.journal", queue: .default,
            args: Array(#"{"key":"\#(key)","milliseconds":\#(milliseconds)\#(more)}"#.utf8))
    }

    /// Enqueues jobs one by one at a pace for a time, and writes down what it is told; Redis may come and go.
    func produce(
        perSecond: Int, for time: Duration, named prefix: String = "p", milliseconds: Double, more: String = ""
    ) async {
        let queue = JobQueue(.default, client: redis)
        let (begun, producers) = (MonotonicTime.now, 16)
        await withDiscardingTaskGroup { group in
            for producer in 0..<producers {
                group.addTask {
                    var number = producer
                    while MonotonicTime.now.since(begun) < time {
                        let key = "\(prefix)\(number)"
                        let job = self.job(key, milliseconds: milliseconds, more: more)
                        do throws(RedisError) {
                            self.journal.note(key, Self.reading(.success(try await queue.enqueue(job))))
                        } catch {
                            self.journal.note(key, Self.reading(.failure(error)))
                        }
                        number += producers
                        let next = begun + .seconds(Double(number) / Double(perSecond))
                        if next > .now { try? await Task.sleep(for: next.since(.now)) }
                    }
                }
            }
        }
    }

    static func reading(_ answer: Result<JobID, RedisError>) -> EnqueueJournal.Answer {
        switch answer {
        case .success: .acked
        case .failure(let error): error.mayHaveExecuted ? .unknown : .refused
        }
    }
}
