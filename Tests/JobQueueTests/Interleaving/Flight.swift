/// Something a worker said that is on its way to Redis, or whose answer is on its way back.
struct Flight {
    let call: any Call
    /// Known to the simulation, not to the worker yet; nil before Redis has the call.
    var answer: Answer?
    /// The step in which it arrives.
    var arrival: Int
}
