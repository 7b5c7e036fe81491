import { z } from "zod";
import { assumptions } from "../assumptions";

const { default: usual, min, max } = assumptions.keySeconds;

/** For how many seconds keys are to hold. */
export const duration = z.int().min(min).max(max).default(usual);
