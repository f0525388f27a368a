import JobQueue
import Jobs
import RedisClient

/// One run of a worker process, reduced to what it believes and what it has under way.
final class SimulatedWorker {
    let name: String
    let id: WorkerID
    let claimer: JobClaimer
    /// Calls that it has sent to hand jobs back.
    private(set) var handings = 0
    private(set) var beliefs: [Belief] = []
    var flights: [Flight] = []
    /// The step in which it wakes up again.
    var frozenUntil = 0

    init(number: Int, queue: JobQueue, client: RedisClient) {
        name = "w\(number)"
        id = WorkerID(host: name, process: Int32(number))
        claimer = JobClaimer(queues: [queue.name], worker: id, client: client)
    }

    /// Jobs whose end it has not told yet.
    var openJobs: [ClaimedJob] { beliefs.filter { !$0.isEnding && !$0.isLost }.map(\.job) }

    /// What it says when it renews: the jobs that it believes it holds, and whether they are all it may still speak of.
    var renewal: (jobs: [ClaimedJob], isAll: Bool) {
        let jobs = beliefs.filter { !$0.isLost }.map(\.job)
        return (jobs, jobs.count == beliefs.count)
    }

    var newRenewal: RenewCall { RenewCall(renewal.jobs, handings: renewal.isAll ? handings : nil) }

    /// Every entry that it may still speak of, also in answers that it has not read yet.
    var mentioned: [EntryID] {
        beliefs.map(\.entry) + flights.flatMap { $0.answer?.gained.map(\.entryID) ?? [] }
    }

    func begins(_ call: any Call) {
        if call.handsBack { handings += 1 }
        mark(call.ends) { $0.isEnding = true }
    }

    func learns(_ answer: Answer) {
        let ended = Set(answer.ended)
        let lost = Set(answer.lost)
        beliefs.removeAll { ended.contains($0.entry) || (lost.contains($0.entry) && !$0.isEnding) }
        mark(answer.lost) { $0.isLost = true }
        let known = Set(beliefs.map(\.entry))
        beliefs += answer.gained.filter { !known.contains($0.entryID) }.map { Belief(job: $0) }
    }

    /// No answer will come, and it does not ask again.
    func givesUp(_ call: any Call) {
        let ended = Set(call.ends)
        beliefs.removeAll { ended.contains($0.entry) }
    }

    private func mark(_ entries: [EntryID], _ change: (inout Belief) -> Void) {
        let entries = Set(entries)
        for index in beliefs.indices where entries.contains(beliefs[index].entry) { change(&beliefs[index]) }
    }
}
