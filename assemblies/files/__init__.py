"""The files room: papers and photographs that prove a step."""
