internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient
internal import Synchronization

/// Puts the jobs of requests into Redis, on a lane for each of the server's threads: a job that comes on one is stored from
/// there, over a connection of its own, and is answered there.
final class JobIntake: Sendable {
    private let redis: RedisClient
    private let lanes = Mutex<[ObjectIdentifier: IntakeLane]>([:])

    /// - Parameter redis: whose server the lanes use.
    init(_ redis: RedisClient) { self.redis = redis }

    /// - Parameter answer: called once, when Redis has the job or the attempt has failed.
    func add(_ job: NewJob, on loop: EventLoop, answer: @escaping IntakeLane.Answer) {
        lane(on: loop).add(job, answer: answer)
    }

    func close() { for lane in lanes.withLock({ $0 }).values { lane.close() } }

    private func lane(on loop: EventLoop) -> IntakeLane {
        lanes.withLock { lanes in
            if let lane = lanes[ObjectIdentifier(loop)] { return lane }
            let lane = IntakeLane(redis.on(loop, name: "coursework-serve-intake"), loop: loop)
            lanes[ObjectIdentifier(loop)] = lane
            return lane
        }
    }
}
