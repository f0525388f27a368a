internal import Glibc
public import Platform

/// What a loop's thread has used of the processor: the process's own time is everybody's who tests beside us.
public enum ThreadClock {
    public static func cpuTime(of loop: EventLoop) async -> Duration {
        let answer = Promise<Duration>()
        loop.execute {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            answer.complete(with: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec))
        }
        return await answer.wait()
    }
}
