import Platform
import Testing

@Suite("A promise", .timeLimit(.minutes(1)))
struct PromiseTests {
    @Test func `gives what came before the wait`() async {
        let promise = Promise<Int>()
        #expect(promise.value == nil)
        promise.complete(with: 1)
        #expect(promise.value == 1)
        #expect(await promise.wait() == 1)
    }

    @Test func `gives what comes during the wait, and the first value stays`() async {
        let promise = Promise<Int>()
        async let value = promise.wait()
        await Task.yield()
        promise.complete(with: 1)
        promise.complete(with: 2)
        #expect(await value == 1)
        #expect(promise.value == 1)
    }

    @Test func `of a thousand givers one decides`() async {
        let promise = Promise<Int>()
        async let value = promise.wait()
        await withTaskGroup { group in
            for number in 0..<1000 { group.addTask { promise.complete(with: number) } }
        }
        #expect(await value == promise.value)
    }
}
