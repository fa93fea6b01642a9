/** All that is safe: fixes lay faults bare, so the text is reviewed again until nothing safe is left. */
const MOST_ROUNDS = 8; // as many as the service itself takes

/**
 * Accepts the safe fixes of what `desk` shows, and of what is shown after each `review()`, which tells whether there was
 * an answer: there is none when the text was changed meanwhile. One step to undo. Gives the number of fixes.
 */
export async function acceptAllSafe(desk, review) {
  let count = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const accepted = desk.acceptSafe(round > 0);
    count += accepted;
    if (accepted === 0 || !(await review())) break;
  }
  return count;
}
